SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.article (
    entry integer NOT NULL,
    url text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    state character varying(9) NOT NULL COLLATE pg_catalog."C",
    why text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    text_hash text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    etag text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    last_modified text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    wanted_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    next_at timestamp with time zone,
    tries integer DEFAULT 0 NOT NULL,
    looks integer DEFAULT 0 NOT NULL,
    CONSTRAINT ck_article_state CHECK (((state)::text = ANY (ARRAY[('wanted'::character varying)::text, ('read'::character varying)::text, ('closed'::character varying)::text, ('failed'::character varying)::text, ('gone'::character varying)::text, ('withdrawn'::character varying)::text, ('dropped'::character varying)::text])))
);
CREATE TABLE public.asked (
    event text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.audit (
    number integer NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL,
    asker text NOT NULL COLLATE pg_catalog."C",
    asker_name text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    command text NOT NULL COLLATE pg_catalog."C",
    line text NOT NULL COLLATE pg_catalog."C",
    undo text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    undone_at timestamp with time zone,
    home text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    about text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    takes_back integer
);
CREATE SEQUENCE public.audit_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.audit_number_seq OWNED BY public.audit.number;
CREATE TABLE public.channel (
    id text NOT NULL COLLATE pg_catalog."C",
    name text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    lang text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    timezone text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    threshold double precision NOT NULL,
    origin character varying(4) NOT NULL COLLATE pg_catalog."C",
    taken_out boolean DEFAULT false NOT NULL,
    editors character varying(8) DEFAULT 'managers'::character varying NOT NULL COLLATE pg_catalog."C",
    quiet text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    layout text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    public boolean DEFAULT false NOT NULL,
    bound_to text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    budget integer DEFAULT 8 NOT NULL,
    base boolean DEFAULT true NOT NULL,
    lull integer DEFAULT 0 NOT NULL,
    lull_most integer DEFAULT 60 NOT NULL,
    unreachable text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    unreachable_at timestamp with time zone,
    CONSTRAINT ck_channel_editors CHECK (((editors)::text = ANY (ARRAY[('managers'::character varying)::text, ('everyone'::character varying)::text]))),
    CONSTRAINT ck_channel_origin CHECK (((origin)::text = ANY (ARRAY[('file'::character varying)::text, ('chat'::character varying)::text])))
);
CREATE TABLE public.channel_feed (
    channel text NOT NULL COLLATE pg_catalog."C",
    feed integer NOT NULL,
    name text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    tags text DEFAULT '[]'::text NOT NULL COLLATE pg_catalog."C",
    origin character varying(4) NOT NULL COLLATE pg_catalog."C",
    paused boolean DEFAULT false NOT NULL,
    taken_out boolean DEFAULT false NOT NULL,
    CONSTRAINT ck_channel_feed_origin CHECK (((origin)::text = ANY (ARRAY[('file'::character varying)::text, ('chat'::character varying)::text])))
);
CREATE TABLE public.deferred (
    story integer NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    budget integer NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.digest_run (
    number integer NOT NULL,
    subscription integer NOT NULL,
    local_date date NOT NULL,
    window_start timestamp with time zone NOT NULL,
    window_end timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    outbox integer
);
CREATE SEQUENCE public.digest_run_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.digest_run_number_seq OWNED BY public.digest_run.number;
CREATE TABLE public.digest_story (
    channel text NOT NULL COLLATE pg_catalog."C",
    story integer NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.entry (
    number integer NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    feed integer NOT NULL,
    guid text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    link text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    title text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    summary text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    body text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    lang text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    outlet text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    published timestamp with time zone,
    utc_offset integer DEFAULT 0 NOT NULL,
    seen timestamp with time zone NOT NULL,
    archive boolean DEFAULT false NOT NULL,
    content_hash text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    read_at timestamp with time zone,
    revised_at timestamp with time zone,
    revision integer DEFAULT 0 NOT NULL,
    key_now text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    link_now text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.entry_fts (
    rowid integer NOT NULL,
    title text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C",
    words tsvector NOT NULL
);
CREATE SEQUENCE public.entry_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.entry_number_seq OWNED BY public.entry.number;
CREATE TABLE public.exemplar (
    number integer NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    good boolean NOT NULL,
    title text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C",
    lang text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    added_at timestamp with time zone NOT NULL,
    watch integer,
    note text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    by_name text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    removed_at timestamp with time zone
);
CREATE SEQUENCE public.exemplar_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.exemplar_number_seq OWNED BY public.exemplar.number;
CREATE TABLE public.fact (
    entry integer NOT NULL,
    "position" integer NOT NULL,
    type character varying(20) NOT NULL COLLATE pg_catalog."C",
    role text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    value_text text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    mention text NOT NULL COLLATE pg_catalog."C",
    start integer NOT NULL,
    "end" integer NOT NULL,
    sentence text NOT NULL COLLATE pg_catalog."C",
    sentence_start integer NOT NULL,
    bound text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    approx boolean DEFAULT false NOT NULL,
    said_by text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    hedge character varying(10) NOT NULL COLLATE pg_catalog."C",
    rule text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    confidence double precision NOT NULL
);
CREATE TABLE public.feed (
    number integer NOT NULL,
    url text NOT NULL COLLATE pg_catalog."C",
    name text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    owner text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    lang text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    every_seconds integer NOT NULL,
    origin character varying(4) NOT NULL COLLATE pg_catalog."C",
    added_at timestamp with time zone NOT NULL,
    etag text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    last_modified text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    body_hash text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    next_poll_at timestamp with time zone,
    polled_at timestamp with time zone,
    ok_at timestamp with time zone,
    new_at timestamp with time zone,
    failures integer DEFAULT 0 NOT NULL,
    failing_since timestamp with time zone,
    last_error text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    gone boolean DEFAULT false NOT NULL,
    fault text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    selector text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    rhythm text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    wishes text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    changed_at timestamp with time zone,
    failed_from timestamp with time zone,
    well_at timestamp with time zone,
    kind character varying(7) DEFAULT 'feed'::character varying NOT NULL COLLATE pg_catalog."C",
    fixed boolean DEFAULT false NOT NULL,
    beyond integer DEFAULT 0 NOT NULL,
    claimed_until timestamp with time zone,
    CONSTRAINT ck_feed_origin CHECK (((origin)::text = ANY (ARRAY[('file'::character varying)::text, ('chat'::character varying)::text])))
);
CREATE SEQUENCE public.feed_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.feed_number_seq OWNED BY public.feed.number;
CREATE TABLE public.follower (
    story integer NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    asker text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.heartbeat (
    name text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.held (
    mute integer NOT NULL,
    story integer NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.mute (
    number integer NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    kind character varying(6) NOT NULL COLLATE pg_catalog."C",
    target text NOT NULL COLLATE pg_catalog."C",
    until timestamp with time zone,
    by text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    by_name text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT ck_mute_kind CHECK (((kind)::text = ANY (ARRAY[('story'::character varying)::text, ('source'::character varying)::text, ('rule'::character varying)::text, ('words'::character varying)::text])))
);
CREATE SEQUENCE public.mute_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.mute_number_seq OWNED BY public.mute.number;
CREATE TABLE public.outbox (
    id integer NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    payload text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    story integer,
    urgent boolean DEFAULT false NOT NULL,
    created timestamp with time zone NOT NULL,
    not_before timestamp with time zone NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    uncertain boolean DEFAULT false NOT NULL,
    leased_until timestamp with time zone,
    lease_token text COLLATE pg_catalog."C",
    state character varying(9) DEFAULT 'queued'::character varying NOT NULL COLLATE pg_catalog."C",
    delivered_at timestamp with time zone,
    receipt text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    last_error text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    op character varying(6) DEFAULT 'post'::character varying NOT NULL COLLATE pg_catalog."C",
    target integer,
    parent integer,
    asked boolean DEFAULT false NOT NULL,
    repeat boolean DEFAULT false NOT NULL,
    rank integer DEFAULT 0 NOT NULL,
    CONSTRAINT ck_outbox_op CHECK (((op)::text = ANY (ARRAY[('post'::character varying)::text, ('edit'::character varying)::text, ('delete'::character varying)::text]))),
    CONSTRAINT ck_outbox_state CHECK (((state)::text = ANY (ARRAY[('queued'::character varying)::text, ('delivered'::character varying)::text, ('dead'::character varying)::text])))
);
CREATE SEQUENCE public.outbox_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.outbox_id_seq OWNED BY public.outbox.id;
CREATE TABLE public.posted (
    story integer NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    outbox integer NOT NULL,
    facts text NOT NULL COLLATE pg_catalog."C",
    exempt boolean DEFAULT false NOT NULL
);
CREATE TABLE public.promise (
    number integer NOT NULL,
    entry integer NOT NULL,
    due date NOT NULL,
    until date NOT NULL,
    who text NOT NULL COLLATE pg_catalog."C",
    what text NOT NULL COLLATE pg_catalog."C",
    called text NOT NULL COLLATE pg_catalog."C",
    state character varying(7) DEFAULT 'open'::character varying NOT NULL COLLATE pg_catalog."C",
    opened_at timestamp with time zone NOT NULL,
    state_at timestamp with time zone,
    decided_by integer,
    decided_sentence text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    decided_source text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    decided_day date,
    new_due date,
    later integer,
    spoken_at timestamp with time zone,
    dropped_at timestamp with time zone,
    CONSTRAINT ck_promise_state CHECK (((state)::text = ANY (ARRAY[('open'::character varying)::text, ('kept'::character varying)::text, ('slipped'::character varying)::text, ('silent'::character varying)::text])))
);
CREATE TABLE public.promise_name (
    promise integer NOT NULL,
    token text NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.promise_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.promise_number_seq OWNED BY public.promise.number;
CREATE TABLE public.promise_telling (
    entry integer NOT NULL,
    due date NOT NULL,
    promise integer NOT NULL,
    words text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    sentence text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    source text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    day date NOT NULL,
    lang text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.report (
    entry integer NOT NULL,
    score double precision NOT NULL,
    decision character varying(6) NOT NULL COLLATE pg_catalog."C",
    relevance text NOT NULL COLLATE pg_catalog."C",
    matches text NOT NULL COLLATE pg_catalog."C",
    mentions text NOT NULL COLLATE pg_catalog."C",
    embedder text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    vector bytea,
    views text DEFAULT '[1,[]]'::text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.retraction (
    story integer NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL COLLATE pg_catalog."C",
    reason text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    keys text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.seed (
    kind text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    target text NOT NULL COLLATE pg_catalog."C",
    taken_out boolean DEFAULT false NOT NULL
);
CREATE TABLE public.setting (
    name text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.sighting (
    entry integer NOT NULL,
    feed integer NOT NULL,
    link text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    seen timestamp with time zone NOT NULL
);
CREATE TABLE public.story (
    number integer NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    opened timestamp with time zone NOT NULL,
    updated timestamp with time zone NOT NULL,
    merged_into integer
);
CREATE TABLE public.story_hand (
    number integer NOT NULL,
    kind character varying(5) NOT NULL COLLATE pg_catalog."C",
    story integer NOT NULL,
    other integer NOT NULL,
    entries text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL,
    by text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    by_name text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    undone_at timestamp with time zone,
    CONSTRAINT ck_story_hand_kind CHECK (((kind)::text = ANY (ARRAY[('merge'::character varying)::text, ('split'::character varying)::text])))
);
CREATE SEQUENCE public.story_hand_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.story_hand_number_seq OWNED BY public.story_hand.number;
CREATE TABLE public.story_line (
    story integer NOT NULL,
    earlier integer NOT NULL,
    made_by character varying(4) NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL,
    CONSTRAINT ck_story_line_made_by CHECK (((made_by)::text = ANY (ARRAY[('bot'::character varying)::text, ('hand'::character varying)::text])))
);
CREATE SEQUENCE public.story_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.story_number_seq OWNED BY public.story.number;
CREATE TABLE public.story_report (
    id integer NOT NULL,
    story integer NOT NULL,
    entry integer NOT NULL,
    joined_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.story_report_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.story_report_id_seq OWNED BY public.story_report.id;
CREATE TABLE public.story_token (
    story integer NOT NULL,
    token text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.story_update (
    id integer NOT NULL,
    story integer NOT NULL,
    entry integer NOT NULL,
    kind character varying(9) NOT NULL COLLATE pg_catalog."C",
    new_facts text NOT NULL COLLATE pg_catalog."C",
    new_origin boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    announced_at timestamp with time zone,
    revision integer DEFAULT 0 NOT NULL,
    was text DEFAULT '[]'::text NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.story_update_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.story_update_id_seq OWNED BY public.story_update.id;
CREATE TABLE public.subscription (
    number integer NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    at character varying(5) NOT NULL COLLATE pg_catalog."C",
    days text NOT NULL COLLATE pg_catalog."C",
    timezone text NOT NULL COLLATE pg_catalog."C",
    empty character varying(4) NOT NULL COLLATE pg_catalog."C",
    origin character varying(4) NOT NULL COLLATE pg_catalog."C",
    paused boolean DEFAULT false NOT NULL,
    taken_out boolean DEFAULT false NOT NULL,
    next_run_at timestamp with time zone,
    CONSTRAINT ck_subscription_origin CHECK (((origin)::text = ANY (ARRAY[('file'::character varying)::text, ('chat'::character varying)::text])))
);
CREATE SEQUENCE public.subscription_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.subscription_number_seq OWNED BY public.subscription.number;
CREATE TABLE public.vote (
    channel text NOT NULL COLLATE pg_catalog."C",
    story integer NOT NULL,
    asker text NOT NULL COLLATE pg_catalog."C",
    value integer NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT ck_vote_value CHECK ((value = ANY (ARRAY['-1'::integer, 1])))
);
CREATE TABLE public.watch (
    number integer NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    expression text NOT NULL COLLATE pg_catalog."C",
    kind character varying(10) NOT NULL COLLATE pg_catalog."C",
    alert text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    threshold double precision,
    origin character varying(4) NOT NULL COLLATE pg_catalog."C",
    paused boolean DEFAULT false NOT NULL,
    taken_out boolean DEFAULT false NOT NULL,
    mention text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    internal boolean DEFAULT false NOT NULL,
    CONSTRAINT ck_watch_origin CHECK (((origin)::text = ANY (ARRAY[('file'::character varying)::text, ('chat'::character varying)::text])))
);
CREATE SEQUENCE public.watch_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.watch_number_seq OWNED BY public.watch.number;
ALTER TABLE ONLY public.audit ALTER COLUMN number SET DEFAULT nextval('public.audit_number_seq'::regclass);
ALTER TABLE ONLY public.digest_run ALTER COLUMN number SET DEFAULT nextval('public.digest_run_number_seq'::regclass);
ALTER TABLE ONLY public.entry ALTER COLUMN number SET DEFAULT nextval('public.entry_number_seq'::regclass);
ALTER TABLE ONLY public.exemplar ALTER COLUMN number SET DEFAULT nextval('public.exemplar_number_seq'::regclass);
ALTER TABLE ONLY public.feed ALTER COLUMN number SET DEFAULT nextval('public.feed_number_seq'::regclass);
ALTER TABLE ONLY public.mute ALTER COLUMN number SET DEFAULT nextval('public.mute_number_seq'::regclass);
ALTER TABLE ONLY public.outbox ALTER COLUMN id SET DEFAULT nextval('public.outbox_id_seq'::regclass);
ALTER TABLE ONLY public.promise ALTER COLUMN number SET DEFAULT nextval('public.promise_number_seq'::regclass);
ALTER TABLE ONLY public.story ALTER COLUMN number SET DEFAULT nextval('public.story_number_seq'::regclass);
ALTER TABLE ONLY public.story_hand ALTER COLUMN number SET DEFAULT nextval('public.story_hand_number_seq'::regclass);
ALTER TABLE ONLY public.story_report ALTER COLUMN id SET DEFAULT nextval('public.story_report_id_seq'::regclass);
ALTER TABLE ONLY public.story_update ALTER COLUMN id SET DEFAULT nextval('public.story_update_id_seq'::regclass);
ALTER TABLE ONLY public.subscription ALTER COLUMN number SET DEFAULT nextval('public.subscription_number_seq'::regclass);
ALTER TABLE ONLY public.watch ALTER COLUMN number SET DEFAULT nextval('public.watch_number_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0008');
INSERT INTO public.channel VALUES ('preview:main', 'Büyük Lıman', 'en', 'UTC', 0.7, 'file', false, 'managers', '22:00-07:00', '', false, '', 8, true, 0, 60, '', NULL);
INSERT INTO public.channel_feed VALUES ('preview:main', 1, '', '[]', 'chat', false, false);
INSERT INTO public.channel_feed VALUES ('preview:main', 2, '', '[]', 'chat', false, false);
INSERT INTO public.digest_run VALUES (1, 1, '2025-08-19', '2025-08-19 12:00:00+00', '2025-08-19 12:01:00+00', '2025-08-19 12:00:00+00', NULL);
INSERT INTO public.entry VALUES (1, 'brig', 1, 'urn:brig', 'https://harbour.example/brig', 'The brig sails', '', '', 'en', 'Harbour Post', '2025-08-19 12:00:00+00', 0, '2025-08-19 12:00:00+00', false, '3c83eba8ae655023a4bb0a05d292a7c9', '2025-08-19 12:00:00+00', NULL, 0, '', '');
INSERT INTO public.entry VALUES (2, 'sloop', 1, 'urn:sloop', 'https://harbour.example/sloop', 'The sloop sails', '', '', 'en', 'Harbour Post', '2025-08-19 12:00:00+00', 0, '2025-08-19 12:00:00+00', false, '89d619b61fd4f2dc8345677716bb6cfc', '2025-08-19 12:00:00+00', NULL, 0, '', '');
INSERT INTO public.entry VALUES (3, 'barge', 1, 'urn:barge', 'https://harbour.example/barge', 'The barge sails', '', '', 'en', 'Harbour Post', '2025-08-19 12:00:00+00', 0, '2025-08-19 12:00:00+00', false, '295ae8ed80f1198c4d2bd88c23b7b6da', '2025-08-19 12:00:00+00', NULL, 0, '', '');
INSERT INTO public.entry VALUES (4, 'kyoto', 1, 'urn:kyoto', 'https://harbour.example/kyoto', '防衛省が発表', '', '', 'ja', 'Harbour Post', NULL, 0, '2025-08-19 12:00:00+00', false, '', NULL, NULL, 0, '', '');
INSERT INTO public.entry_fts VALUES (1, ' the brig sails ', '', '''brig'':2A ''sails'':3A ''the'':1A');
INSERT INTO public.entry_fts VALUES (2, ' the sloop sails ', '', '''sails'':3A ''sloop'':2A ''the'':1A');
INSERT INTO public.entry_fts VALUES (3, ' the barge sails ', '', '''barge'':2A ''sails'':3A ''the'':1A');
INSERT INTO public.entry_fts VALUES (4, ' 防 衛 省 が 発 表 ', '', '''が'':4A ''発'':5A ''省'':3A ''衛'':2A ''表'':6A ''防'':1A');
INSERT INTO public.fact VALUES (1, 0, 'money', 'deal_value', '2.4-3000000000 EUR', '["money","2.4","3000000000","EUR"]', 'The', 0, 3, 'The brig sails', 0, 'min', true, 'the ministry', 'reported', 'money-1', 0.75);
INSERT INTO public.fact VALUES (2, 0, 'money', 'deal_value', '2.4-3000000000 EUR', '["money","2.4","3000000000","EUR"]', 'The', 0, 3, 'The sloop sails', 0, 'min', true, 'the ministry', 'reported', 'money-1', 0.75);
INSERT INTO public.fact VALUES (3, 0, 'money', 'deal_value', '2.4-3000000000 EUR', '["money","2.4","3000000000","EUR"]', 'The', 0, 3, 'The barge sails', 0, 'min', true, 'the ministry', 'reported', 'money-1', 0.75);
INSERT INTO public.feed VALUES (1, 'https://harbour.example/feed', 'Harbour', '', '', 900, 'chat', '2025-08-19 12:00:00+00', '', '', '', NULL, NULL, NULL, NULL, 0, NULL, '', false, '', '', '', '', NULL, NULL, NULL, 'feed', false, 0, NULL);
INSERT INTO public.feed VALUES (2, 'https://coast.example/feed', 'Coast', '', '', 900, 'chat', '2025-08-19 12:00:00+00', '', '', '', NULL, NULL, NULL, NULL, 0, NULL, '', false, '', '', '', '', NULL, NULL, NULL, 'feed', false, 0, NULL);
INSERT INTO public.outbox VALUES (1, 'preview:main', 'post', 'alert', '{"a": 1}', 1, 2, false, '2025-08-19 12:00:00+00', '2025-08-19 12:00:00+00', 1, false, NULL, NULL, 'delivered', '2025-08-19 12:00:00+00', 'p1', '', 'post', NULL, NULL, false, false, 0);
INSERT INTO public.outbox VALUES (2, 'preview:main', 'edit', 'alert', '{"a": 1}', 1, 2, false, '2025-08-19 12:00:00+00', '2025-08-19 12:00:00+00', 0, false, NULL, NULL, 'queued', NULL, '', '', 'edit', 1, NULL, false, false, 0);
INSERT INTO public.posted VALUES (2, 'preview:main', 1, '["money:1"]', false);
INSERT INTO public.report VALUES (1, 0.8, 'now', '[2,[["near",1.25,"like the drone deal"]],["org:example"],[["x1","A deal.",0.61]],[]]', '[1,[[1,"preview:main",[["sails","title",4,9]]]]]', '[1,[["con:uav","drone","The",0,3]]]', 'tiny-1', '\x9a99193fcdcc4c3f', '[1,[]]');
INSERT INTO public.report VALUES (2, 0.8, 'now', '[2,[["near",1.25,"like the drone deal"]],["org:example"],[["x1","A deal.",0.61]],[]]', '[1,[[1,"preview:main",[["sails","title",4,9]]]]]', '[1,[["con:uav","drone","The",0,3]]]', 'tiny-1', '\x9a99193fcdcc4c3f', '[1,[]]');
INSERT INTO public.report VALUES (3, 0.8, 'now', '[2,[["near",1.25,"like the drone deal"]],["org:example"],[["x1","A deal.",0.61]],[]]', '[1,[[1,"preview:main",[["sails","title",4,9]]]]]', '[1,[["con:uav","drone","The",0,3]]]', 'tiny-1', '\x9a99193fcdcc4c3f', '[1,[]]');
INSERT INTO public.setting VALUES ('digest/1/1', '3');
INSERT INTO public.story VALUES (2, 'barge', '2025-08-19 12:00:00+00', '2025-08-19 12:00:00+00', NULL);
INSERT INTO public.story VALUES (1, 'brig', '2025-08-19 12:00:00+00', '2025-08-19 12:00:00+00', 2);
INSERT INTO public.story_hand VALUES (1, 'merge', 2, 1, '[1,2]', '2025-08-19 12:00:00+00', 'slack:U1', 'Ayşe', NULL);
INSERT INTO public.story_report VALUES (1, 2, 1, '2025-08-19 12:00:00+00');
INSERT INTO public.story_report VALUES (2, 2, 2, '2025-08-19 12:00:00+00');
INSERT INTO public.story_report VALUES (3, 2, 3, '2025-08-19 12:00:00+00');
INSERT INTO public.story_update VALUES (1, 2, 1, 'opened', '[0]', true, '2025-08-19 12:00:00+00', NULL, 0, '[]');
INSERT INTO public.story_update VALUES (2, 2, 2, 'joined', '[0]', true, '2025-08-19 12:00:00+00', NULL, 0, '[]');
INSERT INTO public.story_update VALUES (3, 2, 3, 'opened', '[0]', true, '2025-08-19 12:00:00+00', NULL, 0, '[]');
INSERT INTO public.subscription VALUES (1, 'preview:main', 'd', '08:00', 'daily', 'UTC', 'say', 'chat', false, false, NULL);
INSERT INTO public.vote VALUES ('preview:main', 2, 'slack:U1', 1, '2025-08-19 12:00:00+00');
INSERT INTO public.watch VALUES (1, 'preview:main', 'ships', 'ship OR 防衛', 'keywords', '', NULL, 'chat', false, false, '', false);
SELECT pg_catalog.setval('public.audit_number_seq', 1, false);
SELECT pg_catalog.setval('public.digest_run_number_seq', 1, true);
SELECT pg_catalog.setval('public.entry_number_seq', 4, true);
SELECT pg_catalog.setval('public.exemplar_number_seq', 1, false);
SELECT pg_catalog.setval('public.feed_number_seq', 2, true);
SELECT pg_catalog.setval('public.mute_number_seq', 1, false);
SELECT pg_catalog.setval('public.outbox_id_seq', 2, true);
SELECT pg_catalog.setval('public.promise_number_seq', 1, false);
SELECT pg_catalog.setval('public.story_hand_number_seq', 1, true);
SELECT pg_catalog.setval('public.story_number_seq', 2, true);
SELECT pg_catalog.setval('public.story_report_id_seq', 3, true);
SELECT pg_catalog.setval('public.story_update_id_seq', 3, true);
SELECT pg_catalog.setval('public.subscription_number_seq', 1, true);
SELECT pg_catalog.setval('public.watch_number_seq', 2, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.article
    ADD CONSTRAINT pk_article PRIMARY KEY (entry);
ALTER TABLE ONLY public.asked
    ADD CONSTRAINT pk_asked PRIMARY KEY (event);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT pk_audit PRIMARY KEY (number);
ALTER TABLE ONLY public.channel
    ADD CONSTRAINT pk_channel PRIMARY KEY (id);
ALTER TABLE ONLY public.channel_feed
    ADD CONSTRAINT pk_channel_feed PRIMARY KEY (channel, feed);
ALTER TABLE ONLY public.deferred
    ADD CONSTRAINT pk_deferred PRIMARY KEY (story, channel);
ALTER TABLE ONLY public.digest_run
    ADD CONSTRAINT pk_digest_run PRIMARY KEY (number);
ALTER TABLE ONLY public.digest_story
    ADD CONSTRAINT pk_digest_story PRIMARY KEY (channel, story);
ALTER TABLE ONLY public.entry
    ADD CONSTRAINT pk_entry PRIMARY KEY (number);
ALTER TABLE ONLY public.entry_fts
    ADD CONSTRAINT pk_entry_fts PRIMARY KEY (rowid);
ALTER TABLE ONLY public.exemplar
    ADD CONSTRAINT pk_exemplar PRIMARY KEY (number);
ALTER TABLE ONLY public.fact
    ADD CONSTRAINT pk_fact PRIMARY KEY (entry, "position");
ALTER TABLE ONLY public.feed
    ADD CONSTRAINT pk_feed PRIMARY KEY (number);
ALTER TABLE ONLY public.follower
    ADD CONSTRAINT pk_follower PRIMARY KEY (story, channel, asker);
ALTER TABLE ONLY public.heartbeat
    ADD CONSTRAINT pk_heartbeat PRIMARY KEY (name);
ALTER TABLE ONLY public.held
    ADD CONSTRAINT pk_held PRIMARY KEY (mute, story);
ALTER TABLE ONLY public.mute
    ADD CONSTRAINT pk_mute PRIMARY KEY (number);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (id);
ALTER TABLE ONLY public.posted
    ADD CONSTRAINT pk_posted PRIMARY KEY (story, channel);
ALTER TABLE ONLY public.promise
    ADD CONSTRAINT pk_promise PRIMARY KEY (number);
ALTER TABLE ONLY public.promise_name
    ADD CONSTRAINT pk_promise_name PRIMARY KEY (promise, token);
ALTER TABLE ONLY public.promise_telling
    ADD CONSTRAINT pk_promise_telling PRIMARY KEY (entry, due);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT pk_report PRIMARY KEY (entry);
ALTER TABLE ONLY public.retraction
    ADD CONSTRAINT pk_retraction PRIMARY KEY (story);
ALTER TABLE ONLY public.seed
    ADD CONSTRAINT pk_seed PRIMARY KEY (kind, key);
ALTER TABLE ONLY public.setting
    ADD CONSTRAINT pk_setting PRIMARY KEY (name);
ALTER TABLE ONLY public.sighting
    ADD CONSTRAINT pk_sighting PRIMARY KEY (entry, feed);
ALTER TABLE ONLY public.story
    ADD CONSTRAINT pk_story PRIMARY KEY (number);
ALTER TABLE ONLY public.story_hand
    ADD CONSTRAINT pk_story_hand PRIMARY KEY (number);
ALTER TABLE ONLY public.story_line
    ADD CONSTRAINT pk_story_line PRIMARY KEY (story);
ALTER TABLE ONLY public.story_report
    ADD CONSTRAINT pk_story_report PRIMARY KEY (id);
ALTER TABLE ONLY public.story_token
    ADD CONSTRAINT pk_story_token PRIMARY KEY (story, token);
ALTER TABLE ONLY public.story_update
    ADD CONSTRAINT pk_story_update PRIMARY KEY (id);
ALTER TABLE ONLY public.subscription
    ADD CONSTRAINT pk_subscription PRIMARY KEY (number);
ALTER TABLE ONLY public.vote
    ADD CONSTRAINT pk_vote PRIMARY KEY (channel, story, asker);
ALTER TABLE ONLY public.watch
    ADD CONSTRAINT pk_watch PRIMARY KEY (number);
ALTER TABLE ONLY public.digest_run
    ADD CONSTRAINT uq_digest_run_subscription_local_date UNIQUE (subscription, local_date);
ALTER TABLE ONLY public.entry
    ADD CONSTRAINT uq_entry_key UNIQUE (key);
ALTER TABLE ONLY public.feed
    ADD CONSTRAINT uq_feed_url UNIQUE (url);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT uq_outbox_key UNIQUE (key);
ALTER TABLE ONLY public.story
    ADD CONSTRAINT uq_story_key UNIQUE (key);
ALTER TABLE ONLY public.story_report
    ADD CONSTRAINT uq_story_report_entry UNIQUE (entry);
ALTER TABLE ONLY public.story_update
    ADD CONSTRAINT uq_story_update_entry_kind_revision UNIQUE (entry, kind, revision);
ALTER TABLE ONLY public.subscription
    ADD CONSTRAINT uq_subscription_channel_name UNIQUE (channel, name);
ALTER TABLE ONLY public.watch
    ADD CONSTRAINT uq_watch_channel_name UNIQUE (channel, name);
CREATE INDEX ix_article_next_at ON public.article USING btree (next_at);
CREATE INDEX ix_asked_at ON public.asked USING btree (at);
CREATE INDEX ix_audit_channel ON public.audit USING btree (channel);
CREATE INDEX ix_audit_home ON public.audit USING btree (home) WHERE (home <> ''::text);
CREATE INDEX ix_channel_feed_feed ON public.channel_feed USING btree (feed);
CREATE INDEX ix_deferred_channel_at ON public.deferred USING btree (channel, at);
CREATE INDEX ix_digest_run_outbox ON public.digest_run USING btree (outbox) WHERE (outbox IS NOT NULL);
CREATE INDEX ix_entry_content_hash ON public.entry USING btree (content_hash);
CREATE INDEX ix_entry_feed ON public.entry USING btree (feed);
CREATE INDEX ix_entry_fts_words ON public.entry_fts USING gin (words);
CREATE INDEX ix_entry_key_now ON public.entry USING btree (key_now) WHERE (key_now <> ''::text);
CREATE INDEX ix_entry_link ON public.entry USING btree (link);
CREATE INDEX ix_entry_link_now ON public.entry USING btree (link_now) WHERE (link_now <> ''::text);
CREATE INDEX ix_entry_seen ON public.entry USING btree (seen);
CREATE INDEX ix_entry_unread ON public.entry USING btree (number) WHERE (read_at IS NULL);
CREATE INDEX ix_exemplar_channel ON public.exemplar USING btree (channel);
CREATE INDEX ix_fact_type_value_text ON public.fact USING btree (type, value_text);
CREATE INDEX ix_feed_claimed_until ON public.feed USING btree (claimed_until) WHERE (claimed_until IS NOT NULL);
CREATE INDEX ix_feed_next_poll_at ON public.feed USING btree (next_poll_at);
CREATE INDEX ix_mute_channel ON public.mute USING btree (channel);
CREATE INDEX ix_outbox_channel_story ON public.outbox USING btree (channel, story);
CREATE INDEX ix_outbox_parent ON public.outbox USING btree (parent) WHERE (parent IS NOT NULL);
CREATE INDEX ix_outbox_queued ON public.outbox USING btree (state, channel, urgent DESC, rank DESC, id, story) WHERE ((state)::text = 'queued'::text);
CREATE INDEX ix_outbox_state_channel_urgent_id ON public.outbox USING btree (state, channel, urgent, id);
CREATE INDEX ix_outbox_target ON public.outbox USING btree (target) WHERE (target IS NOT NULL);
CREATE INDEX ix_outbox_tried ON public.outbox USING btree (state, channel, attempts) WHERE (((state)::text = 'queued'::text) AND (attempts > 0));
CREATE INDEX ix_posted_outbox ON public.posted USING btree (outbox);
CREATE INDEX ix_promise_decided_by ON public.promise USING btree (decided_by) WHERE (decided_by IS NOT NULL);
CREATE INDEX ix_promise_due ON public.promise USING btree (due);
CREATE INDEX ix_promise_entry ON public.promise USING btree (entry);
CREATE INDEX ix_promise_name_token ON public.promise_name USING btree (token);
CREATE INDEX ix_promise_state_until ON public.promise USING btree (state, until);
CREATE INDEX ix_promise_telling_promise ON public.promise_telling USING btree (promise);
CREATE INDEX ix_story_hand_other ON public.story_hand USING btree (other);
CREATE INDEX ix_story_hand_story ON public.story_hand USING btree (story);
CREATE INDEX ix_story_line_earlier ON public.story_line USING btree (earlier);
CREATE INDEX ix_story_report_story ON public.story_report USING btree (story);
CREATE INDEX ix_story_token_token ON public.story_token USING btree (token);
CREATE INDEX ix_story_update_story ON public.story_update USING btree (story);
CREATE INDEX ix_story_update_unannounced ON public.story_update USING btree (id) WHERE (announced_at IS NULL);
CREATE INDEX ix_story_updated ON public.story USING btree (updated);
CREATE INDEX ix_subscription_next_run_at ON public.subscription USING btree (next_run_at);
ALTER TABLE ONLY public.article
    ADD CONSTRAINT fk_article_entry FOREIGN KEY (entry) REFERENCES public.entry(number);
ALTER TABLE ONLY public.channel_feed
    ADD CONSTRAINT fk_channel_feed_channel FOREIGN KEY (channel) REFERENCES public.channel(id);
ALTER TABLE ONLY public.channel_feed
    ADD CONSTRAINT fk_channel_feed_feed FOREIGN KEY (feed) REFERENCES public.feed(number);
ALTER TABLE ONLY public.deferred
    ADD CONSTRAINT fk_deferred_channel FOREIGN KEY (channel) REFERENCES public.channel(id);
ALTER TABLE ONLY public.deferred
    ADD CONSTRAINT fk_deferred_story FOREIGN KEY (story) REFERENCES public.story(number);
ALTER TABLE ONLY public.digest_run
    ADD CONSTRAINT fk_digest_run_outbox FOREIGN KEY (outbox) REFERENCES public.outbox(id);
ALTER TABLE ONLY public.digest_run
    ADD CONSTRAINT fk_digest_run_subscription FOREIGN KEY (subscription) REFERENCES public.subscription(number);
ALTER TABLE ONLY public.digest_story
    ADD CONSTRAINT fk_digest_story_channel FOREIGN KEY (channel) REFERENCES public.channel(id);
ALTER TABLE ONLY public.digest_story
    ADD CONSTRAINT fk_digest_story_story FOREIGN KEY (story) REFERENCES public.story(number);
ALTER TABLE ONLY public.entry
    ADD CONSTRAINT fk_entry_feed FOREIGN KEY (feed) REFERENCES public.feed(number);
ALTER TABLE ONLY public.entry_fts
    ADD CONSTRAINT fk_entry_fts_rowid FOREIGN KEY (rowid) REFERENCES public.entry(number);
ALTER TABLE ONLY public.exemplar
    ADD CONSTRAINT fk_exemplar_channel FOREIGN KEY (channel) REFERENCES public.channel(id);
ALTER TABLE ONLY public.exemplar
    ADD CONSTRAINT fk_exemplar_watch FOREIGN KEY (watch) REFERENCES public.watch(number);
ALTER TABLE ONLY public.fact
    ADD CONSTRAINT fk_fact_entry FOREIGN KEY (entry) REFERENCES public.report(entry);
ALTER TABLE ONLY public.follower
    ADD CONSTRAINT fk_follower_channel FOREIGN KEY (channel) REFERENCES public.channel(id);
ALTER TABLE ONLY public.follower
    ADD CONSTRAINT fk_follower_story FOREIGN KEY (story) REFERENCES public.story(number);
ALTER TABLE ONLY public.held
    ADD CONSTRAINT fk_held_mute FOREIGN KEY (mute) REFERENCES public.mute(number);
ALTER TABLE ONLY public.held
    ADD CONSTRAINT fk_held_story FOREIGN KEY (story) REFERENCES public.story(number);
ALTER TABLE ONLY public.mute
    ADD CONSTRAINT fk_mute_channel FOREIGN KEY (channel) REFERENCES public.channel(id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT fk_outbox_parent FOREIGN KEY (parent) REFERENCES public.outbox(id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT fk_outbox_story FOREIGN KEY (story) REFERENCES public.story(number);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT fk_outbox_target FOREIGN KEY (target) REFERENCES public.outbox(id);
ALTER TABLE ONLY public.posted
    ADD CONSTRAINT fk_posted_channel FOREIGN KEY (channel) REFERENCES public.channel(id);
ALTER TABLE ONLY public.posted
    ADD CONSTRAINT fk_posted_outbox FOREIGN KEY (outbox) REFERENCES public.outbox(id);
ALTER TABLE ONLY public.posted
    ADD CONSTRAINT fk_posted_story FOREIGN KEY (story) REFERENCES public.story(number);
ALTER TABLE ONLY public.promise
    ADD CONSTRAINT fk_promise_decided_by FOREIGN KEY (decided_by) REFERENCES public.report(entry);
ALTER TABLE ONLY public.promise
    ADD CONSTRAINT fk_promise_entry FOREIGN KEY (entry) REFERENCES public.report(entry);
ALTER TABLE ONLY public.promise
    ADD CONSTRAINT fk_promise_later FOREIGN KEY (later) REFERENCES public.promise(number);
ALTER TABLE ONLY public.promise_name
    ADD CONSTRAINT fk_promise_name_promise FOREIGN KEY (promise) REFERENCES public.promise(number);
ALTER TABLE ONLY public.promise_telling
    ADD CONSTRAINT fk_promise_telling_entry FOREIGN KEY (entry) REFERENCES public.report(entry);
ALTER TABLE ONLY public.promise_telling
    ADD CONSTRAINT fk_promise_telling_promise FOREIGN KEY (promise) REFERENCES public.promise(number);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT fk_report_entry FOREIGN KEY (entry) REFERENCES public.entry(number);
ALTER TABLE ONLY public.retraction
    ADD CONSTRAINT fk_retraction_story FOREIGN KEY (story) REFERENCES public.story(number);
ALTER TABLE ONLY public.sighting
    ADD CONSTRAINT fk_sighting_entry FOREIGN KEY (entry) REFERENCES public.entry(number);
ALTER TABLE ONLY public.sighting
    ADD CONSTRAINT fk_sighting_feed FOREIGN KEY (feed) REFERENCES public.feed(number);
ALTER TABLE ONLY public.story_hand
    ADD CONSTRAINT fk_story_hand_other FOREIGN KEY (other) REFERENCES public.story(number);
ALTER TABLE ONLY public.story_hand
    ADD CONSTRAINT fk_story_hand_story FOREIGN KEY (story) REFERENCES public.story(number);
ALTER TABLE ONLY public.story_line
    ADD CONSTRAINT fk_story_line_earlier FOREIGN KEY (earlier) REFERENCES public.story(number);
ALTER TABLE ONLY public.story_line
    ADD CONSTRAINT fk_story_line_story FOREIGN KEY (story) REFERENCES public.story(number);
ALTER TABLE ONLY public.story
    ADD CONSTRAINT fk_story_merged_into FOREIGN KEY (merged_into) REFERENCES public.story(number);
ALTER TABLE ONLY public.story_report
    ADD CONSTRAINT fk_story_report_entry FOREIGN KEY (entry) REFERENCES public.report(entry);
ALTER TABLE ONLY public.story_report
    ADD CONSTRAINT fk_story_report_story FOREIGN KEY (story) REFERENCES public.story(number);
ALTER TABLE ONLY public.story_token
    ADD CONSTRAINT fk_story_token_story FOREIGN KEY (story) REFERENCES public.story(number);
ALTER TABLE ONLY public.story_update
    ADD CONSTRAINT fk_story_update_entry FOREIGN KEY (entry) REFERENCES public.report(entry);
ALTER TABLE ONLY public.story_update
    ADD CONSTRAINT fk_story_update_story FOREIGN KEY (story) REFERENCES public.story(number);
ALTER TABLE ONLY public.subscription
    ADD CONSTRAINT fk_subscription_channel FOREIGN KEY (channel) REFERENCES public.channel(id);
ALTER TABLE ONLY public.vote
    ADD CONSTRAINT fk_vote_channel FOREIGN KEY (channel) REFERENCES public.channel(id);
ALTER TABLE ONLY public.vote
    ADD CONSTRAINT fk_vote_story FOREIGN KEY (story) REFERENCES public.story(number);
ALTER TABLE ONLY public.watch
    ADD CONSTRAINT fk_watch_channel FOREIGN KEY (channel) REFERENCES public.channel(id);

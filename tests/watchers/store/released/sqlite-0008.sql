BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0008');
CREATE TABLE article (
	entry INTEGER NOT NULL, 
	url TEXT DEFAULT '' NOT NULL, 
	state VARCHAR(9) NOT NULL, 
	why TEXT DEFAULT '' NOT NULL, 
	text_hash TEXT DEFAULT '' NOT NULL, 
	etag TEXT DEFAULT '' NOT NULL, 
	last_modified TEXT DEFAULT '' NOT NULL, 
	wanted_at DATETIME NOT NULL, 
	read_at DATETIME, 
	next_at DATETIME, 
	tries INTEGER DEFAULT '0' NOT NULL, 
	looks INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_article PRIMARY KEY (entry), 
	CONSTRAINT ck_article_state CHECK (state IN ('wanted', 'read', 'closed', 'failed', 'gone', 'withdrawn', 'dropped')), 
	CONSTRAINT fk_article_entry FOREIGN KEY(entry) REFERENCES entry (number)
);
CREATE TABLE asked (
	event TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_asked PRIMARY KEY (event)
);
CREATE TABLE audit (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	channel TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	asker TEXT NOT NULL, 
	asker_name TEXT DEFAULT '' NOT NULL, 
	command TEXT NOT NULL, 
	line TEXT NOT NULL, 
	undo TEXT DEFAULT '' NOT NULL, 
	undone_at DATETIME
, home TEXT DEFAULT '' NOT NULL, about TEXT DEFAULT '' NOT NULL, takes_back INTEGER);
CREATE TABLE channel (
	id TEXT NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	lang TEXT DEFAULT '' NOT NULL, 
	timezone TEXT DEFAULT '' NOT NULL, 
	threshold FLOAT NOT NULL, 
	origin VARCHAR(4) NOT NULL, 
	taken_out BOOLEAN DEFAULT false NOT NULL, editors VARCHAR(8) DEFAULT 'managers' NOT NULL CONSTRAINT ck_channel_editors CHECK (editors IN ('managers', 'everyone')), quiet TEXT DEFAULT '' NOT NULL, layout TEXT DEFAULT '' NOT NULL, public BOOLEAN DEFAULT false NOT NULL, bound_to TEXT DEFAULT '' NOT NULL, budget INTEGER DEFAULT '8' NOT NULL, base BOOLEAN DEFAULT true NOT NULL, lull INTEGER DEFAULT '0' NOT NULL, lull_most INTEGER DEFAULT '60' NOT NULL, unreachable TEXT DEFAULT '' NOT NULL, unreachable_at DATETIME, 
	CONSTRAINT pk_channel PRIMARY KEY (id), 
	CONSTRAINT ck_channel_origin CHECK (origin IN ('file', 'chat'))
);
INSERT INTO "channel" VALUES('preview:main','Büyük Lıman','en','UTC',0.7,'file',0,'managers','22:00-07:00','',0,'',8,1,0,60,'',NULL);
CREATE TABLE channel_feed (
	channel TEXT NOT NULL, 
	feed INTEGER NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	tags TEXT DEFAULT '[]' NOT NULL, 
	origin VARCHAR(4) NOT NULL, 
	paused BOOLEAN DEFAULT false NOT NULL, 
	taken_out BOOLEAN DEFAULT false NOT NULL, 
	CONSTRAINT pk_channel_feed PRIMARY KEY (channel, feed), 
	CONSTRAINT ck_channel_feed_origin CHECK (origin IN ('file', 'chat')), 
	CONSTRAINT fk_channel_feed_channel FOREIGN KEY(channel) REFERENCES channel (id), 
	CONSTRAINT fk_channel_feed_feed FOREIGN KEY(feed) REFERENCES feed (number)
);
INSERT INTO "channel_feed" VALUES('preview:main',1,'','[]','chat',0,0);
INSERT INTO "channel_feed" VALUES('preview:main',2,'','[]','chat',0,0);
CREATE TABLE "deferred" (
	story INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	budget INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_deferred PRIMARY KEY (story, channel), 
	CONSTRAINT fk_deferred_story FOREIGN KEY(story) REFERENCES story (number), 
	CONSTRAINT fk_deferred_channel FOREIGN KEY(channel) REFERENCES channel (id)
);
CREATE TABLE digest_run (
	number INTEGER NOT NULL, 
	subscription INTEGER NOT NULL, 
	local_date DATE NOT NULL, 
	window_start DATETIME NOT NULL, 
	window_end DATETIME NOT NULL, 
	at DATETIME NOT NULL, 
	outbox INTEGER, 
	CONSTRAINT pk_digest_run PRIMARY KEY (number), 
	CONSTRAINT uq_digest_run_subscription_local_date UNIQUE (subscription, local_date), 
	CONSTRAINT fk_digest_run_subscription FOREIGN KEY(subscription) REFERENCES subscription (number), 
	CONSTRAINT fk_digest_run_outbox FOREIGN KEY(outbox) REFERENCES outbox (id)
);
INSERT INTO "digest_run" VALUES(1,1,'2025-08-19','2025-08-19 12:00:00.000000','2025-08-19 12:01:00.000000','2025-08-19 12:00:00.000000',NULL);
CREATE TABLE digest_story (
	channel TEXT NOT NULL, 
	story INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_digest_story PRIMARY KEY (channel, story), 
	CONSTRAINT fk_digest_story_channel FOREIGN KEY(channel) REFERENCES channel (id), 
	CONSTRAINT fk_digest_story_story FOREIGN KEY(story) REFERENCES story (number)
);
CREATE TABLE entry (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" TEXT NOT NULL, 
	feed INTEGER NOT NULL, 
	guid TEXT DEFAULT '' NOT NULL, 
	link TEXT DEFAULT '' NOT NULL, 
	title TEXT DEFAULT '' NOT NULL, 
	summary TEXT DEFAULT '' NOT NULL, 
	body TEXT DEFAULT '' NOT NULL, 
	lang TEXT DEFAULT '' NOT NULL, 
	outlet TEXT DEFAULT '' NOT NULL, 
	published DATETIME, 
	utc_offset INTEGER DEFAULT '0' NOT NULL, 
	seen DATETIME NOT NULL, 
	archive BOOLEAN DEFAULT false NOT NULL, 
	content_hash TEXT DEFAULT '' NOT NULL, 
	read_at DATETIME, revised_at DATETIME, revision INTEGER DEFAULT '0' NOT NULL, key_now TEXT DEFAULT '' NOT NULL, link_now TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT uq_entry_key UNIQUE ("key"), 
	CONSTRAINT fk_entry_feed FOREIGN KEY(feed) REFERENCES feed (number)
);
INSERT INTO "entry" VALUES(1,'brig',1,'urn:brig','https://harbour.example/brig','The brig sails','','','en','Harbour Post','2025-08-19 12:00:00.000000',0,'2025-08-19 12:00:00.000000',0,'3c83eba8ae655023a4bb0a05d292a7c9','2025-08-19 12:00:00.000000',NULL,0,'','');
INSERT INTO "entry" VALUES(2,'sloop',1,'urn:sloop','https://harbour.example/sloop','The sloop sails','','','en','Harbour Post','2025-08-19 12:00:00.000000',0,'2025-08-19 12:00:00.000000',0,'89d619b61fd4f2dc8345677716bb6cfc','2025-08-19 12:00:00.000000',NULL,0,'','');
INSERT INTO "entry" VALUES(3,'barge',1,'urn:barge','https://harbour.example/barge','The barge sails','','','en','Harbour Post','2025-08-19 12:00:00.000000',0,'2025-08-19 12:00:00.000000',0,'295ae8ed80f1198c4d2bd88c23b7b6da','2025-08-19 12:00:00.000000',NULL,0,'','');
INSERT INTO "entry" VALUES(4,'kyoto',1,'urn:kyoto','https://harbour.example/kyoto','防衛省が発表','','','ja','Harbour Post',NULL,0,'2025-08-19 12:00:00.000000',0,'',NULL,NULL,0,'','');
CREATE TABLE exemplar (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	channel TEXT NOT NULL, 
	good BOOLEAN NOT NULL, 
	title TEXT NOT NULL, 
	text TEXT NOT NULL, 
	lang TEXT DEFAULT '' NOT NULL, 
	added_at DATETIME NOT NULL, watch INTEGER CONSTRAINT fk_exemplar_watch REFERENCES watch (number), note TEXT DEFAULT '' NOT NULL, by_name TEXT DEFAULT '' NOT NULL, removed_at DATETIME, 
	CONSTRAINT fk_exemplar_channel FOREIGN KEY(channel) REFERENCES channel (id)
);
CREATE TABLE fact (
	entry INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	type VARCHAR(20) NOT NULL, 
	role TEXT DEFAULT '' NOT NULL, 
	value_text TEXT NOT NULL, 
	value TEXT NOT NULL, 
	mention TEXT NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	sentence TEXT NOT NULL, 
	sentence_start INTEGER NOT NULL, 
	bound TEXT DEFAULT '' NOT NULL, 
	approx BOOLEAN DEFAULT false NOT NULL, 
	said_by TEXT DEFAULT '' NOT NULL, 
	hedge VARCHAR(10) NOT NULL, 
	rule TEXT DEFAULT '' NOT NULL, 
	confidence FLOAT NOT NULL, 
	CONSTRAINT pk_fact PRIMARY KEY (entry, position), 
	CONSTRAINT fk_fact_entry FOREIGN KEY(entry) REFERENCES report (entry)
);
INSERT INTO "fact" VALUES(1,0,'money','deal_value','2.4-3000000000 EUR','["money","2.4","3000000000","EUR"]','The',0,3,'The brig sails',0,'min',1,'the ministry','reported','money-1',0.75);
INSERT INTO "fact" VALUES(2,0,'money','deal_value','2.4-3000000000 EUR','["money","2.4","3000000000","EUR"]','The',0,3,'The sloop sails',0,'min',1,'the ministry','reported','money-1',0.75);
INSERT INTO "fact" VALUES(3,0,'money','deal_value','2.4-3000000000 EUR','["money","2.4","3000000000","EUR"]','The',0,3,'The barge sails',0,'min',1,'the ministry','reported','money-1',0.75);
CREATE TABLE feed (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	url TEXT NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	owner TEXT DEFAULT '' NOT NULL, 
	lang TEXT DEFAULT '' NOT NULL, 
	every_seconds INTEGER NOT NULL, 
	origin VARCHAR(4) NOT NULL, 
	added_at DATETIME NOT NULL, 
	etag TEXT DEFAULT '' NOT NULL, 
	last_modified TEXT DEFAULT '' NOT NULL, 
	body_hash TEXT DEFAULT '' NOT NULL, 
	next_poll_at DATETIME, 
	polled_at DATETIME, 
	ok_at DATETIME, 
	new_at DATETIME, 
	failures INTEGER DEFAULT '0' NOT NULL, 
	failing_since DATETIME, 
	last_error TEXT DEFAULT '' NOT NULL, 
	gone BOOLEAN DEFAULT false NOT NULL, fault TEXT DEFAULT '' NOT NULL, selector TEXT DEFAULT '' NOT NULL, rhythm TEXT DEFAULT '' NOT NULL, wishes TEXT DEFAULT '' NOT NULL, changed_at DATETIME, failed_from DATETIME, well_at DATETIME, kind VARCHAR(7) DEFAULT 'feed' NOT NULL, fixed BOOLEAN DEFAULT false NOT NULL, beyond INTEGER DEFAULT '0' NOT NULL, claimed_until DATETIME, 
	CONSTRAINT ck_feed_origin CHECK (origin IN ('file', 'chat')), 
	CONSTRAINT uq_feed_url UNIQUE (url)
);
INSERT INTO "feed" VALUES(1,'https://harbour.example/feed','Harbour','','',900,'chat','2025-08-19 12:00:00.000000','','','',NULL,NULL,NULL,NULL,0,NULL,'',0,'','','','',NULL,NULL,NULL,'feed',0,0,NULL);
INSERT INTO "feed" VALUES(2,'https://coast.example/feed','Coast','','',900,'chat','2025-08-19 12:00:00.000000','','','',NULL,NULL,NULL,NULL,0,NULL,'',0,'','','','',NULL,NULL,NULL,'feed',0,0,NULL);
CREATE TABLE follower (
	story INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	asker TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_follower PRIMARY KEY (story, channel, asker), 
	CONSTRAINT fk_follower_story FOREIGN KEY(story) REFERENCES story (number), 
	CONSTRAINT fk_follower_channel FOREIGN KEY(channel) REFERENCES channel (id)
);
CREATE TABLE heartbeat (
	name TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_heartbeat PRIMARY KEY (name)
);
CREATE TABLE held (
	mute INTEGER NOT NULL, 
	story INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_held PRIMARY KEY (mute, story), 
	CONSTRAINT fk_held_mute FOREIGN KEY(mute) REFERENCES mute (number), 
	CONSTRAINT fk_held_story FOREIGN KEY(story) REFERENCES story (number)
);
CREATE TABLE mute (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	channel TEXT NOT NULL, 
	kind VARCHAR(6) NOT NULL, 
	target TEXT NOT NULL, 
	until DATETIME, 
	"by" TEXT DEFAULT '' NOT NULL, 
	by_name TEXT DEFAULT '' NOT NULL, 
	at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT ck_mute_kind CHECK (kind IN ('story', 'source', 'rule', 'words')), 
	CONSTRAINT fk_mute_channel FOREIGN KEY(channel) REFERENCES channel (id)
);
CREATE TABLE outbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	channel TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	story INTEGER, 
	urgent BOOLEAN DEFAULT false NOT NULL, 
	created DATETIME NOT NULL, 
	not_before DATETIME NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	uncertain BOOLEAN DEFAULT false NOT NULL, 
	leased_until DATETIME, 
	lease_token TEXT, 
	state VARCHAR(9) DEFAULT 'queued' NOT NULL, 
	delivered_at DATETIME, 
	receipt TEXT DEFAULT '' NOT NULL, 
	last_error TEXT DEFAULT '' NOT NULL, op VARCHAR(6) DEFAULT 'post' NOT NULL CONSTRAINT ck_outbox_op CHECK (op IN ('post', 'edit', 'delete')), target INTEGER CONSTRAINT fk_outbox_target REFERENCES outbox (id), parent INTEGER CONSTRAINT fk_outbox_parent REFERENCES outbox (id), asked BOOLEAN DEFAULT false NOT NULL, repeat BOOLEAN DEFAULT false NOT NULL, rank INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT ck_outbox_state CHECK (state IN ('queued', 'delivered', 'dead')), 
	CONSTRAINT uq_outbox_key UNIQUE ("key"), 
	CONSTRAINT fk_outbox_story FOREIGN KEY(story) REFERENCES story (number)
);
INSERT INTO "outbox" VALUES(1,'preview:main','post','alert','{"a": 1}',1,2,0,'2025-08-19 12:00:00.000000','2025-08-19 12:00:00.000000',1,0,NULL,NULL,'delivered','2025-08-19 12:00:00.000000','p1','','post',NULL,NULL,0,0,0);
INSERT INTO "outbox" VALUES(2,'preview:main','edit','alert','{"a": 1}',1,2,0,'2025-08-19 12:00:00.000000','2025-08-19 12:00:00.000000',0,0,NULL,NULL,'queued',NULL,'','','edit',1,NULL,0,0,0);
CREATE TABLE posted (
	story INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	outbox INTEGER NOT NULL, 
	facts TEXT NOT NULL, exempt BOOLEAN DEFAULT false NOT NULL, 
	CONSTRAINT pk_posted PRIMARY KEY (story, channel), 
	CONSTRAINT fk_posted_story FOREIGN KEY(story) REFERENCES story (number), 
	CONSTRAINT fk_posted_channel FOREIGN KEY(channel) REFERENCES channel (id), 
	CONSTRAINT fk_posted_outbox FOREIGN KEY(outbox) REFERENCES outbox (id)
);
INSERT INTO "posted" VALUES(2,'preview:main',1,'["money:1"]',0);
CREATE TABLE promise (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	entry INTEGER NOT NULL, 
	due DATE NOT NULL, 
	until DATE NOT NULL, 
	who TEXT NOT NULL, 
	what TEXT NOT NULL, 
	called TEXT NOT NULL, 
	state VARCHAR(7) DEFAULT 'open' NOT NULL, 
	opened_at DATETIME NOT NULL, 
	state_at DATETIME, 
	decided_by INTEGER, 
	decided_sentence TEXT DEFAULT '' NOT NULL, 
	decided_source TEXT DEFAULT '' NOT NULL, 
	decided_day DATE, 
	new_due DATE, 
	later INTEGER, 
	spoken_at DATETIME, 
	dropped_at DATETIME, 
	CONSTRAINT ck_promise_state CHECK (state IN ('open', 'kept', 'slipped', 'silent')), 
	CONSTRAINT fk_promise_entry FOREIGN KEY(entry) REFERENCES report (entry), 
	CONSTRAINT fk_promise_decided_by FOREIGN KEY(decided_by) REFERENCES report (entry), 
	CONSTRAINT fk_promise_later FOREIGN KEY(later) REFERENCES promise (number)
);
CREATE TABLE promise_name (
	promise INTEGER NOT NULL, 
	token TEXT NOT NULL, 
	CONSTRAINT pk_promise_name PRIMARY KEY (promise, token), 
	CONSTRAINT fk_promise_name_promise FOREIGN KEY(promise) REFERENCES promise (number)
);
CREATE TABLE promise_telling (
	entry INTEGER NOT NULL, 
	due DATE NOT NULL, 
	promise INTEGER NOT NULL, 
	words TEXT DEFAULT '' NOT NULL, 
	sentence TEXT DEFAULT '' NOT NULL, 
	source TEXT DEFAULT '' NOT NULL, 
	day DATE NOT NULL, 
	lang TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_promise_telling PRIMARY KEY (entry, due), 
	CONSTRAINT fk_promise_telling_entry FOREIGN KEY(entry) REFERENCES report (entry), 
	CONSTRAINT fk_promise_telling_promise FOREIGN KEY(promise) REFERENCES promise (number)
);
CREATE TABLE report (
	entry INTEGER NOT NULL, 
	score FLOAT NOT NULL, 
	decision VARCHAR(6) NOT NULL, 
	relevance TEXT NOT NULL, 
	matches TEXT NOT NULL, 
	mentions TEXT NOT NULL, 
	embedder TEXT DEFAULT '' NOT NULL, 
	vector BLOB, views TEXT DEFAULT '[1,[]]' NOT NULL, 
	CONSTRAINT pk_report PRIMARY KEY (entry), 
	CONSTRAINT fk_report_entry FOREIGN KEY(entry) REFERENCES entry (number)
);
INSERT INTO "report" VALUES(1,0.8,'now','[2,[["near",1.25,"like the drone deal"]],["org:example"],[["x1","A deal.",0.61]],[]]','[1,[[1,"preview:main",[["sails","title",4,9]]]]]','[1,[["con:uav","drone","The",0,3]]]','tiny-1',X'9A99193FCDCC4C3F','[1,[]]');
INSERT INTO "report" VALUES(2,0.8,'now','[2,[["near",1.25,"like the drone deal"]],["org:example"],[["x1","A deal.",0.61]],[]]','[1,[[1,"preview:main",[["sails","title",4,9]]]]]','[1,[["con:uav","drone","The",0,3]]]','tiny-1',X'9A99193FCDCC4C3F','[1,[]]');
INSERT INTO "report" VALUES(3,0.8,'now','[2,[["near",1.25,"like the drone deal"]],["org:example"],[["x1","A deal.",0.61]],[]]','[1,[[1,"preview:main",[["sails","title",4,9]]]]]','[1,[["con:uav","drone","The",0,3]]]','tiny-1',X'9A99193FCDCC4C3F','[1,[]]');
CREATE TABLE retraction (
	story INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	keys TEXT NOT NULL, 
	CONSTRAINT pk_retraction PRIMARY KEY (story), 
	CONSTRAINT fk_retraction_story FOREIGN KEY(story) REFERENCES story (number)
);
CREATE TABLE seed (
	kind TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	target TEXT NOT NULL, 
	taken_out BOOLEAN DEFAULT false NOT NULL, 
	CONSTRAINT pk_seed PRIMARY KEY (kind, "key")
);
CREATE TABLE setting (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('digest/1/1','3');
CREATE TABLE sighting (
	entry INTEGER NOT NULL, 
	feed INTEGER NOT NULL, 
	link TEXT DEFAULT '' NOT NULL, 
	seen DATETIME NOT NULL, 
	CONSTRAINT pk_sighting PRIMARY KEY (entry, feed), 
	CONSTRAINT fk_sighting_entry FOREIGN KEY(entry) REFERENCES entry (number), 
	CONSTRAINT fk_sighting_feed FOREIGN KEY(feed) REFERENCES feed (number)
);
CREATE TABLE story (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" TEXT NOT NULL, 
	opened DATETIME NOT NULL, 
	updated DATETIME NOT NULL, merged_into INTEGER CONSTRAINT fk_story_merged_into REFERENCES story (number), 
	CONSTRAINT uq_story_key UNIQUE ("key")
);
INSERT INTO "story" VALUES(1,'brig','2025-08-19 12:00:00.000000','2025-08-19 12:00:00.000000',2);
INSERT INTO "story" VALUES(2,'barge','2025-08-19 12:00:00.000000','2025-08-19 12:00:00.000000',NULL);
CREATE TABLE story_hand (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR(5) NOT NULL, 
	story INTEGER NOT NULL, 
	other INTEGER NOT NULL, 
	entries TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT DEFAULT '' NOT NULL, 
	by_name TEXT DEFAULT '' NOT NULL, 
	undone_at DATETIME, 
	CONSTRAINT ck_story_hand_kind CHECK (kind IN ('merge', 'split')), 
	CONSTRAINT fk_story_hand_story FOREIGN KEY(story) REFERENCES story (number), 
	CONSTRAINT fk_story_hand_other FOREIGN KEY(other) REFERENCES story (number)
);
INSERT INTO "story_hand" VALUES(1,'merge',2,1,'[1,2]','2025-08-19 12:00:00.000000','slack:U1','Ayşe',NULL);
CREATE TABLE story_line (
	story INTEGER NOT NULL, 
	earlier INTEGER NOT NULL, 
	made_by VARCHAR(4) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_story_line PRIMARY KEY (story), 
	CONSTRAINT ck_story_line_made_by CHECK (made_by IN ('bot', 'hand')), 
	CONSTRAINT fk_story_line_story FOREIGN KEY(story) REFERENCES story (number), 
	CONSTRAINT fk_story_line_earlier FOREIGN KEY(earlier) REFERENCES story (number)
);
CREATE TABLE story_report (
	id INTEGER NOT NULL, 
	story INTEGER NOT NULL, 
	entry INTEGER NOT NULL, 
	joined_at DATETIME NOT NULL, 
	CONSTRAINT pk_story_report PRIMARY KEY (id), 
	CONSTRAINT fk_story_report_story FOREIGN KEY(story) REFERENCES story (number), 
	CONSTRAINT uq_story_report_entry UNIQUE (entry), 
	CONSTRAINT fk_story_report_entry FOREIGN KEY(entry) REFERENCES report (entry)
);
INSERT INTO "story_report" VALUES(1,2,1,'2025-08-19 12:00:00.000000');
INSERT INTO "story_report" VALUES(2,2,2,'2025-08-19 12:00:00.000000');
INSERT INTO "story_report" VALUES(3,2,3,'2025-08-19 12:00:00.000000');
CREATE TABLE story_token (
	story INTEGER NOT NULL, 
	token TEXT NOT NULL, 
	CONSTRAINT pk_story_token PRIMARY KEY (story, token), 
	CONSTRAINT fk_story_token_story FOREIGN KEY(story) REFERENCES story (number)
);
CREATE TABLE "story_update" (
	id INTEGER NOT NULL, 
	story INTEGER NOT NULL, 
	entry INTEGER NOT NULL, 
	kind VARCHAR(9) NOT NULL, 
	revision INTEGER DEFAULT '0' NOT NULL, 
	new_facts TEXT NOT NULL, 
	was TEXT DEFAULT '[]' NOT NULL, 
	new_origin BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	announced_at DATETIME, 
	CONSTRAINT pk_story_update PRIMARY KEY (id), 
	CONSTRAINT fk_story_update_story FOREIGN KEY(story) REFERENCES story (number), 
	CONSTRAINT fk_story_update_entry FOREIGN KEY(entry) REFERENCES report (entry), 
	CONSTRAINT uq_story_update_entry_kind_revision UNIQUE (entry, kind, revision)
);
INSERT INTO "story_update" VALUES(1,2,1,'opened',0,'[0]','[]',1,'2025-08-19 12:00:00.000000',NULL);
INSERT INTO "story_update" VALUES(2,2,2,'joined',0,'[0]','[]',1,'2025-08-19 12:00:00.000000',NULL);
INSERT INTO "story_update" VALUES(3,2,3,'opened',0,'[0]','[]',1,'2025-08-19 12:00:00.000000',NULL);
CREATE TABLE subscription (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	channel TEXT NOT NULL, 
	name TEXT NOT NULL, 
	at VARCHAR(5) NOT NULL, 
	days TEXT NOT NULL, 
	timezone TEXT NOT NULL, 
	empty VARCHAR(4) NOT NULL, 
	origin VARCHAR(4) NOT NULL, 
	paused BOOLEAN DEFAULT false NOT NULL, 
	taken_out BOOLEAN DEFAULT false NOT NULL, 
	next_run_at DATETIME, 
	CONSTRAINT ck_subscription_origin CHECK (origin IN ('file', 'chat')), 
	CONSTRAINT uq_subscription_channel_name UNIQUE (channel, name), 
	CONSTRAINT fk_subscription_channel FOREIGN KEY(channel) REFERENCES channel (id)
);
INSERT INTO "subscription" VALUES(1,'preview:main','d','08:00','daily','UTC','say','chat',0,0,NULL);
CREATE TABLE vote (
	channel TEXT NOT NULL, 
	story INTEGER NOT NULL, 
	asker TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_vote PRIMARY KEY (channel, story, asker), 
	CONSTRAINT ck_vote_value CHECK (value IN (-1, 1)), 
	CONSTRAINT fk_vote_channel FOREIGN KEY(channel) REFERENCES channel (id), 
	CONSTRAINT fk_vote_story FOREIGN KEY(story) REFERENCES story (number)
);
INSERT INTO "vote" VALUES('preview:main',2,'slack:U1',1,'2025-08-19 12:00:00.000000');
CREATE TABLE watch (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	channel TEXT NOT NULL, 
	name TEXT NOT NULL, 
	expression TEXT NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	alert TEXT DEFAULT '' NOT NULL, 
	threshold FLOAT, 
	origin VARCHAR(4) NOT NULL, 
	paused BOOLEAN DEFAULT false NOT NULL, 
	taken_out BOOLEAN DEFAULT false NOT NULL, mention TEXT DEFAULT '' NOT NULL, internal BOOLEAN DEFAULT false NOT NULL, 
	CONSTRAINT ck_watch_origin CHECK (origin IN ('file', 'chat')), 
	CONSTRAINT uq_watch_channel_name UNIQUE (channel, name), 
	CONSTRAINT fk_watch_channel FOREIGN KEY(channel) REFERENCES channel (id)
);
INSERT INTO "watch" VALUES(1,'preview:main','ships','ship OR 防衛','keywords','',NULL,'chat',0,0,'',0);
CREATE INDEX ix_feed_next_poll_at ON feed (next_poll_at);
CREATE INDEX ix_channel_feed_feed ON channel_feed (feed);
CREATE INDEX ix_exemplar_channel ON exemplar (channel);
CREATE INDEX ix_subscription_next_run_at ON subscription (next_run_at);
CREATE INDEX ix_entry_content_hash ON entry (content_hash);
CREATE INDEX ix_entry_feed ON entry (feed);
CREATE INDEX ix_entry_link ON entry (link);
CREATE INDEX ix_entry_seen ON entry (seen);
CREATE INDEX ix_entry_unread ON entry (number) WHERE read_at IS NULL;
CREATE INDEX ix_fact_type_value_text ON fact (type, value_text);
CREATE INDEX ix_story_updated ON story (updated);
CREATE INDEX ix_story_report_story ON story_report (story);
CREATE INDEX ix_outbox_channel_story ON outbox (channel, story);
CREATE INDEX ix_outbox_state_channel_urgent_id ON outbox (state, channel, urgent, id);
CREATE INDEX ix_mute_channel ON mute (channel);
CREATE INDEX ix_audit_channel ON audit (channel);
CREATE INDEX ix_asked_at ON asked (at);
CREATE INDEX ix_story_update_story ON story_update (story);
CREATE INDEX ix_story_update_unannounced ON story_update (id) WHERE announced_at IS NULL;
CREATE INDEX ix_deferred_channel_at ON "deferred" (channel, at);
CREATE INDEX ix_story_hand_story ON story_hand (story);
CREATE INDEX ix_story_hand_other ON story_hand (other);
CREATE INDEX ix_story_line_earlier ON story_line (earlier);
CREATE INDEX ix_story_token_token ON story_token (token);
CREATE INDEX ix_promise_entry ON promise (entry);
CREATE INDEX ix_promise_due ON promise (due);
CREATE INDEX ix_promise_state_until ON promise (state, until);
CREATE INDEX ix_promise_telling_promise ON promise_telling (promise);
CREATE INDEX ix_promise_name_token ON promise_name (token);
CREATE INDEX ix_outbox_queued ON outbox (state, channel, urgent DESC, rank DESC, id, story) WHERE state = 'queued';
CREATE INDEX ix_outbox_tried ON outbox (state, channel, attempts) WHERE state = 'queued' AND attempts > 0;
CREATE INDEX ix_entry_key_now ON entry (key_now) WHERE key_now != '';
CREATE INDEX ix_entry_link_now ON entry (link_now) WHERE link_now != '';
CREATE INDEX ix_article_next_at ON article (next_at);
CREATE INDEX ix_feed_claimed_until ON feed (claimed_until) WHERE claimed_until IS NOT NULL;
CREATE INDEX ix_outbox_target ON outbox (target) WHERE target IS NOT NULL;
CREATE INDEX ix_outbox_parent ON outbox (parent) WHERE parent IS NOT NULL;
CREATE INDEX ix_digest_run_outbox ON digest_run (outbox) WHERE outbox IS NOT NULL;
CREATE INDEX ix_promise_decided_by ON promise (decided_by) WHERE decided_by IS NOT NULL;
CREATE INDEX ix_posted_outbox ON posted (outbox);
CREATE INDEX ix_audit_home ON audit (home) WHERE home != '';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('feed',2);
INSERT INTO "sqlite_sequence" VALUES('watch',2);
INSERT INTO "sqlite_sequence" VALUES('entry',4);
INSERT INTO "sqlite_sequence" VALUES('story',2);
INSERT INTO "sqlite_sequence" VALUES('story_hand',1);
INSERT INTO "sqlite_sequence" VALUES('outbox',2);
INSERT INTO "sqlite_sequence" VALUES('subscription',1);
CREATE VIRTUAL TABLE entry_fts USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');
INSERT INTO entry_fts (rowid, title, body) VALUES (1, 'the brig sails', '
');
INSERT INTO entry_fts (rowid, title, body) VALUES (2, 'the sloop sails', '
');
INSERT INTO entry_fts (rowid, title, body) VALUES (3, 'the barge sails', '
');
INSERT INTO entry_fts (rowid, title, body) VALUES (4, ' 防  衛  省  が  発  表 ', '
');
COMMIT;

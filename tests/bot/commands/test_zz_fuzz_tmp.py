import random, pytest
from tests.bot.commands.conftest import *
from tests.bot.commands.command_replies import said, buttons
from bot.commands.forms import FORMS
NASTY=["x\x00y","“quoted”","Bay’kar","a\\b","a\\\"b","r1","s1","t1","d1","m1","r2","0","-1","99999999999","off","none","always","x","İstanbul","🛰️","''","'","\"a b\"","'a b'","1e9","nan","inf","a:b","a,b,,c","<@&1>","<@>","\x00","\ud800","off,","%s","{}","http://[","https://exa mple","https://ex.org/f","http://١٢٧.0.0.1/","2025-08-25","2025-13-01","9999-12-31","0001-01-01","00:00","24:00","mon-","mon-fri","daily,","UTC","../etc","Europe/","posixrules","NOT x","lang:tr","source:x","*","-","()","a"*70,"a "*200,"22:00-07:00","headline","headline,","threshold","name","bind","layout","quiet","tz","language","editors","visibility","undo","page:2","for:1d", "until:9999-12-31T23:59:59-12:00","for:365d","days:30"]
async def test_fuzz(ask, store, caplog, clock):
    rnd=random.Random(int(__import__("os").environ["SEED"])); bad=[]
    for i in range(1500):
        f=rnd.choice(FORMS)
        if f.name in("story retract",) or f.noun in ("search","export","why","facts","story","exemplar") or f.name in ("digest now","digest preview"): continue
        import re
        if rnd.random()<.75:
            parts=re.findall(r'(?:[^\s"]|"[^"]*")+', f.example)[1:]
            for o in rnd.sample(list(f.options), min(len(f.options), rnd.randint(0,2))):
                v=rnd.choice(o.choices) if o.choices and rnd.random()<.8 else rnd.choice(NASTY).replace('"','')
                parts.append(f'{o.name}:"{v}"')
            if rnd.random()<.3: parts[rnd.randrange(len(parts))]=rnd.choice(NASTY)
            if rnd.random()<.4: parts=[re.sub(r"^([srdmu])1$", lambda m: m[1]+str(rnd.randint(1,9)), p) for p in parts]
        else: parts=[f.name]+[rnd.choice(NASTY) for _ in range(rnd.randint(0,3))]
        for o in ():
            v=rnd.choice(o.choices) if o.choices and rnd.random()<.7 else rnd.choice(NASTY).replace('"','')
            parts.append(f'{o.name}:"{v}"')
        line=" ".join(parts)
        r=await ask(line, public=rnd.random()<.2, asker=rnd.choice(["slack:U1","page:x"]))
        if "went wrong" in said(r) or "database refused" in said(r): bad.append((line, caplog.records[-1].exc_info[1] if caplog.records and caplog.records[-1].exc_info else said(r)))
        if "Undo" in buttons(r) and rnd.random()<.5:
            u=await ask(buttons(r)["Undo"], asker="page:x")
            if u.refused: bad.append(("UNDO",line,said(u)))
    print("ok", len(await store.audits.listed("preview:main",10000)))
    for b in bad[:40]: print(b)
    assert not bad

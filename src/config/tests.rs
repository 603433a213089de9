//! The three layers, and the exact message of every way to get one wrong.

use super::*;

fn env(rows: &[(&str, &str)]) -> Env {
    rows.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

fn read(text: &str, rows: &[(&str, &str)]) -> Result<Config, String> {
    Config::from_text("onrecord.toml", text, &env(rows)).map_err(|e| e.to_string())
}

#[test]
fn defaults() {
    let config = read("", &[]).unwrap();
    assert_eq!(config.knowledge, PathBuf::from("knowledge"));
    assert_eq!(config.thresholds, Thresholds::default());
    assert_eq!(config.endpoint, Endpoint::Discord);
    assert_eq!((config.message_content, config.owners.as_slice()), (false, &[][..]));
    assert_eq!(config.store, Some(PathBuf::from("data/onrecord.db")));
    assert_eq!(config.listen, Some("127.0.0.1:9464".parse().unwrap()));
    assert_eq!(config.log, Log::parse("info", "auto", false).unwrap());
}

#[test]
fn reference_and_show_are_configuration_files() {
    let config = read(&reference(), &[]).unwrap();
    assert_eq!(config, read("", &[]).unwrap());
    let text = "[discord]\nshards = \"0-1/4\"\napi_base = \"http://127.0.0.1:1\"\nmessage_content = true\nowners = [\"18446744073709551615\", \"7\"]\n\
        [store]\nfile = \"off\"\n[log]\nlevel = \"warn,discord=debug\"\n[service]\nlisten = \"off\"";
    let config = read(text, &[]).unwrap();
    assert_eq!(read(&shown(&config), &[]).unwrap(), config);
}

#[test]
fn environment_over_file_over_defaults() {
    let text = "[service]\nlisten = \"127.0.0.1:1\"\n[answer]\nanswer_at = 1\nnearest_at = 0.25\n";
    let config = read(text, &[("ONRECORD__ANSWER__ANSWER_AT", "0.8"), ("ONRECORD__LOG__LEVEL", "")]).unwrap();
    assert_eq!(config.thresholds, Thresholds { answer_at: 0.8, nearest_at: 0.25 });
    assert_eq!(config.listen, Some("127.0.0.1:1".parse().unwrap()));
    let config =
        read(text, &[("ONRECORD__SERVICE__LISTEN", "off"), ("ONRECORD_ARTICLE", "x"), ("OTHER__X", "y")]).unwrap();
    assert_eq!(config.listen, None);
}

#[test]
fn a_file_has_a_list_of_owners_and_a_variable_has_commas() {
    type Row = (&'static str, &'static [(&'static str, &'static str)], &'static [u64]);
    let rows: &[Row] = &[
        ("[discord]\nowners = []", &[], &[]),
        ("[discord]\nowners = [\"80351110224678912\", \"7\", \"7\"]", &[], &[80_351_110_224_678_912, 7]),
        ("[discord]\nowners = \"7, 8\"", &[], &[7, 8]),
        ("[discord]\nowners = [\"7\"]", &[("ONRECORD__DISCORD__OWNERS", "18446744073709551615, 9,")], &[u64::MAX, 9]),
        ("[discord]\nowners = [\"7\"]", &[("ONRECORD__DISCORD__OWNERS", "")], &[7]),
    ];
    for (text, env, want) in rows {
        assert_eq!(read(text, env).unwrap().owners, *want, "{text} {env:?}");
    }
}

#[test]
fn what_is_kept_and_what_is_asked_for() {
    let env = [("ONRECORD__STORE__FILE", "off"), ("ONRECORD__DISCORD__MESSAGE_CONTENT", "true")];
    let config = read("[store]\nfile = \"elsewhere.db\"", &env).unwrap();
    assert_eq!((config.store, config.message_content), (None, true));
    let config = read("[store]\nfile = \"elsewhere.db\"", &[]).unwrap();
    assert_eq!(config.store, Some(PathBuf::from("elsewhere.db")));
}

#[test]
fn shards_are_a_word_a_number_or_a_part() {
    let part = Shards::parse("2-3/4").unwrap();
    let rows = [
        ("", "", Shards::Auto),
        ("[discord]\nshards = 4", "", Shards::Some(ShardRange::all(4))),
        ("[discord]\nshards = \"2-3/4\"", "", part),
        ("[discord]\nshards = 4", "2-3/4", part),
        ("[discord]\nshards = 4", "2", Shards::Some(ShardRange::all(2))),
    ];
    for (text, variable, want) in rows {
        let config = read(text, &[("ONRECORD__DISCORD__SHARDS", variable)]).unwrap();
        assert_eq!(config.shards, want, "{text} {variable}");
        assert_eq!(read(&shown(&config), &[]).unwrap(), config);
    }
}

/// The file, the environment, the message.
type Mistake = (&'static str, &'static [(&'static str, &'static str)], &'static str);

#[test]
fn mistakes() {
    let rows: &[Mistake] = &[
        ("[answr]\nx = 1", &[], "onrecord.toml: there is no section `answr`; did you mean `answer`?"),
        (
            "[answer]\nanswer = 1",
            &[],
            "onrecord.toml: there is no key `answer.answer`; there are: answer_at, nearest_at",
        ),
        (
            "[service]\nlistn = 1\n[bot]",
            &[],
            "onrecord.toml: there is no key `service.listn`; did you mean `listen`?\nonrecord.toml: there is no section \
             `bot`; there are: knowledge, answer, discord, store, service, log",
        ),
        (
            "",
            &[("ONRECORD__SERVICE__LISTN", "off")],
            "ONRECORD__SERVICE__LISTN: there is no key `service.listn`; did you mean `listen`?",
        ),
        (
            "[answer]\nanswer_at = \"high\"",
            &[],
            "onrecord.toml: `answer.answer_at` is string \"high\"; it should be a number from 0 to 1",
        ),
        (
            "",
            &[("ONRECORD__ANSWER__ANSWER_AT", "high")],
            "ONRECORD__ANSWER__ANSWER_AT: `answer.answer_at` is string \"high\"; it should be a number from 0 to 1",
        ),
        (
            "[answer]\nanswer_at = 1.5",
            &[],
            "onrecord.toml: `answer.answer_at` is 1.5; it should be a number from 0 to 1",
        ),
        (
            "[answer]\nanswer_at = 0.2\nnearest_at = 0.5",
            &[],
            "onrecord.toml: `answer.nearest_at` is above `answer.answer_at` (0.2); it should be a number from 0 to 1, at most answer_at",
        ),
        (
            "[discord]\napi_base = \"http://example.org\"",
            &[],
            "onrecord.toml: `discord.api_base` is http to example.org, which is not this machine; it should be http on loopback or https, \
             like \"http://127.0.0.1:8080\"; leave it out for Discord itself",
        ),
        (
            "[discord]\nshards = 0",
            &[],
            "onrecord.toml: `discord.shards` is \"0\"; it should be \"auto\" (as many as Discord recommends), a number, or a part for one of \
             several processes, like \"0-1/4\" (shards 0 and 1 of 4)",
        ),
        (
            "",
            &[("ONRECORD__DISCORD__SHARDS", "0-4/4")],
            "ONRECORD__DISCORD__SHARDS: `discord.shards` names shard 4 of 4, which are counted from 0; it should be \"auto\" (as many as \
             Discord recommends), a number, or a part for one of several processes, like \"0-1/4\" (shards 0 and 1 of 4)",
        ),
        (
            "[service]\nlisten = \"localhost\"",
            &[],
            "onrecord.toml: `service.listen` is \"localhost\"; it should be an address with a port, like \"127.0.0.1:9464\", or \"off\"",
        ),
        (
            "[log]\nlevel = \"loud\"",
            &[],
            "onrecord.toml: `log.level` has \"loud\"; it should be off, error, warn, info, debug or trace, then room=level, like \
             \"info,discord=debug\"",
        ),
        (
            "[log]\nlevel = \"info,kitchen=debug\"",
            &[],
            "onrecord.toml: `log.level` has the room \"kitchen\" (there are knowledge, matcher, answer, discord, service, cli); it should be \
             off, error, warn, info, debug or trace, then room=level, like \"info,discord=debug\"",
        ),
        (
            "[discord]\nowners = [\"anton\"]",
            &[],
            "onrecord.toml: `discord.owners` has \"anton\"; it should be a list of user ids, like [\"80351110224678912\"], or in a variable with commas between them",
        ),
        (
            "",
            &[("ONRECORD__DISCORD__OWNERS", "7,+8")],
            "ONRECORD__DISCORD__OWNERS: `discord.owners` has \"+8\"; it should be a list of user ids, like [\"80351110224678912\"], or in a variable with commas between them",
        ),
        (
            "[discord]\nowners = [80351110224678912]",
            &[],
            "onrecord.toml: `discord.owners` has the wrong type; it should be a list of user ids, like [\"80351110224678912\"], or in a variable with commas between them",
        ),
        (
            "",
            &[("ONRECORD__DISCORD__MESSAGE_CONTENT", "perhaps")],
            "ONRECORD__DISCORD__MESSAGE_CONTENT: `discord.message_content` is string \"perhaps\"; it should be true or false; true only where \
             the intent is switched on in the developer portal, page Bot",
        ),
        (
            "[store]\nfile = \"\"",
            &[],
            "onrecord.toml: `store.file` is empty; it should be a file in a folder that can be written, like \"data/onrecord.db\", or \
             \"off\"",
        ),
        (
            "log = 3",
            &[],
            "onrecord.toml: `log` has the wrong type; it should be a section with keys; `onrecord config --reference` \
             lists them",
        ),
        (
            "",
            &[("ONRECORD__ANSWER__NEAREST_AT", "2")],
            "ONRECORD__ANSWER__NEAREST_AT: `answer.nearest_at` is 2; it should be a number from 0 to 1, at most \
             answer_at\nONRECORD__ANSWER__NEAREST_AT: `answer.nearest_at` is above `answer.answer_at` (0.8); it should be \
             a number from 0 to 1, at most answer_at",
        ),
        (
            "[answer]\nnearest_at = 0.5",
            &[("ONRECORD__ANSWER__ANSWER_AT", "0.2")],
            "ONRECORD__ANSWER__ANSWER_AT: `answer.nearest_at` is above `answer.answer_at` (0.2); it should be a number from \
             0 to 1, at most answer_at",
        ),
        (
            "[service]\nlisten = \"off\"",
            &[("ONRECORD__SERVICE__LISTEN", "9464"), ("ONRECORD__LOG__FORMAT", "xml")],
            "ONRECORD__SERVICE__LISTEN: `service.listen` is \"9464\"; it should be an address with a port, like \
             \"127.0.0.1:9464\", or \"off\"\nONRECORD__LOG__FORMAT: `log.format` is \"xml\"; it should be \"auto\", \
             \"human\" or \"json\"",
        ),
        (
            "",
            &[("onrecord__log__level", "loud")],
            "onrecord__log__level: `log.level` has \"loud\"; it should be off, error, warn, info, debug or trace, then \
             room=level, like \"info,discord=debug\"",
        ),
        (
            "[bot]\n",
            &[("ONRECORD__BOT__TOKEN", "x"), ("ONRECORD__STORE__FILE__NAME", "x")],
            "onrecord.toml: there is no section `bot`; there are: knowledge, answer, discord, store, service, log\n\
             ONRECORD__BOT__TOKEN: there is no section `bot`; there are: knowledge, answer, discord, store, service, log\n\
             ONRECORD__STORE__FILE__NAME: there is no key `store.file.name`; there are: file",
        ),
        (
            "",
            &[("ONRECORD__SERVICE", "off"), ("ONRECORD__", "x")],
            "ONRECORD__: it names no key; a variable looks like ONRECORD__KNOWLEDGE__DIR\n\
             ONRECORD__SERVICE: it names no key; a variable looks like ONRECORD__KNOWLEDGE__DIR",
        ),
    ];
    for (text, env, want) in rows {
        assert_eq!(read(text, env).unwrap_err(), *want, "{text}");
    }
}

#[test]
fn what_is_no_toml_is_one_line() {
    let error = read("[answer\n", &[]).unwrap_err();
    assert!(error.starts_with("onrecord.toml: TOML parse error at line 1"), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
}

#[test]
fn only_a_named_file_must_exist() {
    let error = Config::load(Some(Path::new("/nowhere/x.toml")), &env(&[])).unwrap_err().to_string();
    assert!(error.starts_with("cannot read the configuration /nowhere/x.toml: "), "{error}");
}

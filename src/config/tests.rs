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
    assert_eq!(config.listen, Some("127.0.0.1:9464".parse().unwrap()));
    assert_eq!(config.log, Log::parse("info", "auto").unwrap());
}

#[test]
fn reference_and_show_are_configuration_files() {
    let config = read(&reference(), &[]).unwrap();
    assert_eq!(config, read("", &[]).unwrap());
    let text = "[discord]\napi_base = \"http://127.0.0.1:1\"\n[log]\nlevel = \"warn,discord=debug\"\n[service]\nlisten = \"off\"";
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
             `bot`; there are: knowledge, answer, discord, service, log",
        ),
        (
            "",
            &[("ONRECORD__SERVICE__LISTN", "off")],
            "the environment: there is no key `service.listn`; did you mean `listen`?",
        ),
        (
            "[answer]\nanswer_at = \"high\"",
            &[],
            "onrecord.toml: `answer.answer_at` is string \"high\"; it should be a number from 0 to 1",
        ),
        (
            "",
            &[("ONRECORD__ANSWER__ANSWER_AT", "high")],
            "the environment: `answer.answer_at` is string \"high\"; it should be a number from 0 to 1",
        ),
        ("[answer]\nanswer_at = 1.5", &[], "`answer.answer_at` is 1.5; it should be a number from 0 to 1"),
        (
            "[answer]\nanswer_at = 0.2\nnearest_at = 0.5",
            &[],
            "`answer.nearest_at` is above `answer.answer_at` (0.2); it should be a number from 0 to 1, at most answer_at",
        ),
        (
            "[discord]\napi_base = \"http://example.org\"",
            &[],
            "`discord.api_base` is http to example.org, which is not this machine; it should be http on loopback or https, \
             like \"http://127.0.0.1:8080\"; leave it out for Discord itself",
        ),
        (
            "[service]\nlisten = \"localhost\"",
            &[],
            "`service.listen` is \"localhost\"; it should be an address with a port, like \"127.0.0.1:9464\", or \"off\"",
        ),
        (
            "[log]\nlevel = \"loud\"",
            &[],
            "`log.level` has \"loud\"; it should be off, error, warn, info, debug or trace, then room=level, like \
             \"info,discord=debug\"",
        ),
        (
            "[log]\nlevel = \"info,kitchen=debug\"",
            &[],
            "`log.level` has the room \"kitchen\" (there are knowledge, matcher, answer, discord, service, cli); it should be \
             off, error, warn, info, debug or trace, then room=level, like \"info,discord=debug\"",
        ),
        (
            "log = 3",
            &[],
            "onrecord.toml: `log` has the wrong type; it should be a section with keys; `onrecord config --reference` \
             lists them",
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

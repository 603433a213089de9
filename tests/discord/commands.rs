//! Every command, as people with different rights use it, in the three languages.

use discord_sandbox::{Sent, Snowflake, Via, small};
use onrecord::store::{Missed, Reason};
use serde_json::{Value, json};

use crate::scene::{ELSEWHERE, Plan, QUESTION, Scene, assert_sourced, button, is_embed, markdown};

/// What a command is answered with; options by name.
async fn used(scene: &Scene, user: Snowflake, name: &str, options: Value) -> Sent {
    let interaction = scene.sandbox.slash(small::GENERAL, user, name, &options);
    scene.sandbox.answer_to(interaction.id).await
}

/// Whether only the asker sees it: it says so itself, or the deferral before it did.
fn is_private(sent: &Sent) -> bool {
    sent.data()["flags"] == 64 || sent.via == Via::EditOriginal
}

/// Label and value of what is offered.
async fn offered(scene: &Scene, name: &str, options: Value, focused: &str) -> Vec<(String, String)> {
    let typing = scene.sandbox.autocomplete(small::GENERAL, small::ADA, name, &options, focused);
    let sent = scene.sandbox.answer_to(typing.id).await;
    assert_eq!(sent.via, Via::Callback(8));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    sent.data()["choices"].as_array().unwrap().iter().map(|c| (text(&c["name"]), text(&c["value"]))).collect()
}

#[tokio::test]
async fn all_are_registered_in_three_languages_for_servers_and_users() {
    let scene = Scene::new().await;
    for command in scene.sandbox.commands() {
        let name = command["name"].as_str().unwrap();
        let locals = command["name_localizations"].as_object().unwrap();
        assert!(["de", "es-ES", "es-419", "en-GB"].iter().all(|locale| locals.contains_key(*locale)), "{name}");
        let (contexts, installs) = match name {
            "facts" => (json!([0]), json!([0])),
            _ => (json!([0, 1, 2]), json!([0, 1])),
        };
        assert_eq!((&command["contexts"], &command["integration_types"]), (&contexts, &installs), "{name}");
        assert_eq!(command["default_member_permissions"] == "32", name == "facts", "{name}");
    }
    scene.end().await;
}

#[tokio::test]
async fn what_is_offered_while_somebody_types() {
    let scene = Scene::new().await;
    let featured = offered(&scene, "ask", json!({"question": ""}), "question").await;
    let first = &scene.engine.featured(onrecord::matcher::Scope::All)[0];
    assert_eq!(featured[0].0, first.text);
    assert_eq!(featured.len(), 25);
    let typed = offered(&scene, "ask", json!({"question": "why is kaspersky clo"}), "question").await;
    assert!(typed[0].0.to_lowercase().starts_with("why is kaspersky clo"), "{typed:?}");
    for (label, value) in featured.iter().chain(&typed) {
        assert!(label.chars().count() <= 100 && value.chars().count() <= 100, "{label}: {value}");
    }
    for (_, value) in typed.iter().take(3) {
        let sent = used(&scene, small::MOD, "ask", json!({"question": value})).await;
        assert!(markdown(&sent).contains("Source:"), "{value}: {}", markdown(&sent));
    }
    let stories = offered(&scene, "ask", json!({"question": "x", "story": "kasp"}), "story").await;
    assert_eq!(stories.len(), 1);
    let speakers = offered(&scene, "quote", json!({"speaker": "shing"}), "speaker").await;
    assert_eq!(speakers.len(), 1, "{speakers:?}");
    let strange = "\u{202e}@everyone ```\u{0}".repeat(9);
    offered(&scene, "ask", json!({"question": strange}), "question").await;
    scene.end().await;
}

#[tokio::test]
async fn quotes_by_speaker_and_subject() {
    let scene = Scene::new().await;
    let whole = used(&scene, small::ADA, "quote", json!({})).await;
    assert!(markdown(&whole).contains("> “"), "{}", markdown(&whole));
    let speakers = offered(&scene, "quote", json!({"speaker": ""}), "speaker").await;
    for (name, key) in speakers {
        let sent = used(&scene, small::BEN, "quote", json!({"speaker": key})).await;
        let lines: Vec<String> = markdown(&sent).lines().filter(|l| l.starts_with("> —")).map(str::to_owned).collect();
        assert!(!lines.is_empty() && lines.iter().all(|line| line.contains(&name)), "{name}: {lines:?}");
    }
    let typed = used(&scene, small::MOD, "quote", json!({"speaker": "shingarev", "about": "transparency"})).await;
    assert!(is_embed(&typed), "{}", markdown(&typed));
    let none = used(&scene, small::MOD, "quote", json!({"about": "sourdough"})).await;
    assert!(markdown(&none).contains("no such quotes"), "{}", markdown(&none));
    scene.end().await;
}

#[tokio::test]
async fn topics_are_browsed_with_a_menu_and_buttons() {
    let scene = Scene::new().await;
    let sent = used(&scene, small::ADA, "topics", json!({})).await;
    assert!(is_private(&sent));
    let menu = &sent.data()["components"][0]["components"][0];
    let (id, options) = (menu["custom_id"].as_str().unwrap(), menu["options"].as_array().unwrap());
    let mut seen = 0;
    for option in options {
        let value = option["value"].as_str().unwrap();
        let message = sent.message.unwrap();
        let chosen = scene.sandbox.select(small::ADA, message, id, &[value]);
        let mut page = scene.sandbox.answer_to(chosen.id).await;
        assert_eq!(page.via, Via::Callback(7));
        assert!(markdown(&page).contains("Source:"), "{}", markdown(&page));
        seen += 1;
        while let Some(more) = button(&page, "More") {
            scene.pass_time(25);
            page = scene.sandbox.answer_to(scene.sandbox.button(small::ADA, message, &more).id).await;
            assert!(markdown(&page).contains("Source:") && button(&page, "Back").is_some(), "{}", markdown(&page));
        }
        scene.pass_time(25);
    }
    assert!(seen > 3);
    scene.end().await;
}

#[tokio::test]
async fn story_help_and_privacy_are_private() {
    let scene = Scene::new().await;
    let rows = [("story", "It is from"), ("help", "`/ask`"), ("privacy", "What I keep")];
    for (name, words) in rows {
        let sent = used(&scene, small::BEN, name, json!({})).await;
        assert!(is_private(&sent) && markdown(&sent).contains(words), "{name}: {}", markdown(&sent));
    }
    scene.end().await;
}

#[tokio::test]
async fn people_are_answered_in_their_language() {
    let scene = Scene::new().await;
    let rows =
        [("de", "Was ich speichere", "Quelle:"), ("es-419", "Qué guardo", "Fuente:"), ("fr", "What I keep", "Source:")];
    for (locale, privacy, source) in rows {
        scene.sandbox.as_speaking(small::BEN, locale);
        let sent = used(&scene, small::BEN, "privacy", json!({})).await;
        assert!(markdown(&sent).contains(privacy), "{locale}: {}", markdown(&sent));
        let sent = used(&scene, small::BEN, "ask", json!({"question": QUESTION})).await;
        assert!(markdown(&sent).contains(source), "{locale}: {}", markdown(&sent));
    }
    scene.end().await;
}

#[tokio::test]
async fn a_chosen_message_is_answered_with_a_link_to_it() {
    let scene = Scene::new().await;
    let message = scene.sandbox.post(small::GENERAL, small::BEN, &format!("<@{}> {QUESTION}", small::ADA));
    let used = scene.sandbox.message_command(small::ADA, "Answer this", message);
    let sent = scene.sandbox.answer_to(used.id).await;
    let link = format!("https://discord.com/channels/{}/{}/{message}", small::GUILD, small::GENERAL);
    assert!(markdown(&sent).starts_with(&format!("About [this message]({link}):\n")), "{}", markdown(&sent));
    assert_sourced(&scene, &sent);
    let empty = scene.sandbox.post(small::GENERAL, small::BEN, "<:wave:1100000000000000555>");
    let sent = scene.sandbox.answer_to(scene.sandbox.message_command(small::ADA, "Answer this", empty).id).await;
    assert!(is_private(&sent) && markdown(&sent).contains("any text"), "{}", markdown(&sent));
    scene.end().await;
}

#[tokio::test]
async fn managers_see_and_change_their_own_server_only() {
    let scene = Scene::new().await;
    let stranger = used(&scene, small::BEN, "facts settings", json!({"collect": true})).await;
    assert!(is_private(&stranger) && markdown(&stranger).contains("manage the server"), "{}", markdown(&stranger));
    let off = used(&scene, small::ADA, "facts gaps", json!({})).await;
    assert!(markdown(&off).contains("are not kept"), "{}", markdown(&off));
    let saved = used(&scene, small::ADA, "facts settings", json!({"collect": true, "keep_days": 7})).await;
    assert!(
        is_private(&saved) && markdown(&saved).contains("keeps unanswered questions: on, for 7 days"),
        "{}",
        markdown(&saved)
    );

    let missed =
        Missed { question: "a secret of another server".to_owned(), reason: Reason::Unanswered, nearest: None };
    let today = time::macros::date!(2031 - 03 - 11);
    scene.store.note(small::OTHER_GUILD.0, &missed, today, &|_, _| false).await.unwrap();
    used(&scene, small::BEN, "ask", json!({"question": ELSEWHERE})).await;
    used(&scene, small::MOD, "ask", json!({"question": "how do i bake a sourdough bread"})).await;
    let gaps = used(&scene, small::ADA, "facts gaps", json!({})).await;
    assert!(is_private(&gaps) && markdown(&gaps).contains("2 × how do i bake sourdough bread"), "{}", markdown(&gaps));
    assert!(!markdown(&gaps).contains("secret"), "{}", markdown(&gaps));
    let kept = scene.store.gaps(Some(small::GUILD.0)).await.unwrap();
    assert_eq!((kept.len(), kept[0].unanswered), (1, 2), "{kept:?}");
    scene.end().await;
}

#[tokio::test]
async fn settings_are_refused_with_a_reason() {
    let scene = Scene::new().await;
    let general = small::GENERAL.to_string();
    let rows = [
        (json!({"allow": true}), "`channel` goes with"),
        (json!({"channel": general}), "`channel` goes with"),
        (json!({"channel": general, "passive": "on"}), "Message Content"),
        (json!({"answer_at": 0.1, "nearest_at": 0.5}), "must not be above"),
        (json!({"story": "no-such-story"}), "I don't have a story"),
    ];
    for (options, words) in rows {
        let sent = used(&scene, small::ADA, "facts settings", options.clone()).await;
        assert!(is_private(&sent) && markdown(&sent).contains(words), "{options}: {}", markdown(&sent));
    }
    assert!(scene.store.servers().await.unwrap().is_empty());
    scene.end().await;
}

#[tokio::test]
async fn only_owners_reload_and_see_the_state() {
    let scene = Scene::of(Plan { owners: vec![small::BEN.0], ..Plan::default() }).await;
    let rows = [
        (small::ADA, "facts reload", "people who run this bot"),
        (small::ADA, "facts status", "people who run this bot"),
        (small::BEN, "facts reload", "Reloaded. Stories: 1;"),
        (small::BEN, "facts status", "**onrecord "),
    ];
    for (user, name, words) in rows {
        let sent = used(&scene, user, name, json!({})).await;
        assert!(is_private(&sent) && markdown(&sent).contains(words), "{name}: {}", markdown(&sent));
    }
    assert_sourced(&scene, &used(&scene, small::ADA, "ask", json!({"question": QUESTION})).await);
    scene.end().await;
}

#[tokio::test]
async fn a_server_chooses_among_stories() {
    let folders = &["knowledge", "tests/stories"];
    let scene = Scene::of(Plan { folders, ..Plan::default() }).await;
    let asked = |user| used(&scene, user, "ask", json!({"question": QUESTION}));
    assert!(markdown(&asked(small::ADA).await).contains("lack of any present"));
    used(&scene, small::ADA, "facts settings", json!({"story": "tarnhill-seed-bank"})).await;
    let sent = asked(small::BEN).await;
    assert!(!markdown(&sent).contains("lack of any present"), "{}", markdown(&sent));
    let other = scene.sandbox.slash(small::OTHER_GENERAL, small::BEN, "ask", &json!({"question": QUESTION}));
    assert!(markdown(&scene.sandbox.answer_to(other.id).await).contains("lack of any present"));
    used(&scene, small::ADA, "facts settings", json!({"story": "all"})).await;
    assert!(markdown(&asked(small::MOD).await).contains("lack of any present"));
    scene.end().await;
}

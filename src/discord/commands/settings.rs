//! `/facts settings`: shows the settings of a server, or changes those that are given. One row a setting.

use serenity::all::{ChannelType, CommandOptionType, CreateCommandOption};

use super::given::Given;
use super::local::{Local, choice, option};
use super::stories;
use crate::discord::interactions::Asking;
use crate::discord::outgoing::{Body, OPTIONS, Outgoing};
use crate::discord::phrases::Phrases;
use crate::discord::phrases::filled;
use crate::discord::render::{CONTENT, lines_within};
use crate::store::{Channel, Passive, Server};

/// The longest time that an open question is kept, in days.
const DAYS: u64 = 365;
const ALL: &str = "all";
/// The asker's.
const THEIRS: &str = "theirs";
/// What is sent, and how it is called; a language in itself everywhere.
const LANGUAGES: &[(&str, Local)] = &[
    ("en", Local::new("English", "English", "English")),
    ("de", Local::new("Deutsch", "Deutsch", "Deutsch")),
    ("es", Local::new("Español", "Español", "Español")),
    (THEIRS, Local::new("the asker's", "die der Fragenden", "el de quien pregunta")),
];
const PASSIVE: &[(&str, Local)] = &[
    ("off", Local::new("off", "aus", "no")),
    ("dry-run", Local::new("dry run", "zur Probe", "de prueba")),
    ("on", Local::new("on", "an", "sí")),
];
const RESET: &[(&str, Local)] = &[
    ("thresholds", Local::new("thresholds", "Schwellen", "umbrales")),
    ("channels", Local::new("channels", "Kanäle", "canales")),
    ("everything", Local::new("everything", "alles", "todo")),
];

/// A setting as an option: its name, what it is, and what it takes.
struct Setting {
    name: Local,
    about: Local,
    takes: Takes,
}

enum Takes {
    Switch,
    Channel,
    Story,
    Choice(&'static [(&'static str, Local)]),
    Confidence,
    Days,
}

const SETTINGS: &[Setting] = &[
    Setting {
        name: Local::new("enabled", "aktiv", "activo"),
        about: Local::new(
            "Whether I answer in this server.",
            "Ob ich auf diesem Server antworte.",
            "Si respondo en este servidor.",
        ),
        takes: Takes::Switch,
    },
    Setting {
        name: Local::new("channel", "kanal", "canal"),
        about: Local::new(
            "The channel that allow, passive and story are for.",
            "Der Kanal, für den erlauben, passiv und bericht gelten.",
            "El canal al que se refieren permitir, pasivo y noticia.",
        ),
        takes: Takes::Channel,
    },
    Setting {
        name: Local::new("allow", "erlauben", "permitir"),
        about: Local::new(
            "Answer in this channel; once any is allowed, in no other.",
            "In diesem Kanal antworten; ist erst einer erlaubt, in keinem anderen.",
            "Responder en este canal; en cuanto haya uno permitido, en ningún otro.",
        ),
        takes: Takes::Switch,
    },
    Setting {
        name: Local::new("passive", "passiv", "pasivo"),
        about: Local::new(
            "Answer unasked in this channel, where I am sure.",
            "In diesem Kanal ungefragt antworten, wenn ich sicher bin.",
            "Responder sin que me pregunten en este canal, si estoy seguro.",
        ),
        takes: Takes::Choice(PASSIVE),
    },
    Setting {
        name: Local::new("story", "bericht", "noticia"),
        about: Local::new(
            "A story to add to those that answer here, or all.",
            "Ein Bericht, der hier auch antworten soll, oder all für alle.",
            "Una noticia que añadir a las que responden aquí, o all para todas.",
        ),
        takes: Takes::Story,
    },
    Setting {
        name: Local::new("language", "sprache", "idioma"),
        about: Local::new(
            "The language I speak here.",
            "Die Sprache, die ich hier spreche.",
            "El idioma que hablo aquí.",
        ),
        takes: Takes::Choice(LANGUAGES),
    },
    Setting {
        name: Local::new("answer_at", "antwort_ab", "responder_desde"),
        about: Local::new(
            "From this confidence (0 to 1) on I answer.",
            "Ab dieser Sicherheit (0 bis 1) antworte ich.",
            "Desde esta confianza (0 a 1) respondo.",
        ),
        takes: Takes::Confidence,
    },
    Setting {
        name: Local::new("nearest_at", "nächstes_ab", "cercano_desde"),
        about: Local::new(
            "From this confidence on I offer the nearest.",
            "Ab dieser Sicherheit biete ich das Nächstliegende an.",
            "Desde esta confianza ofrezco lo más cercano.",
        ),
        takes: Takes::Confidence,
    },
    Setting {
        name: Local::new("collect", "sammeln", "recoger"),
        about: Local::new(
            "Whether unanswered questions are kept for the editors; off deletes them.",
            "Ob unbeantwortete Fragen gespeichert werden; aus löscht sie.",
            "Si se guardan las preguntas sin respuesta; al desactivarlo se borran.",
        ),
        takes: Takes::Switch,
    },
    Setting {
        name: Local::new("keep_days", "tage", "días"),
        about: Local::new(
            "For how many days they are kept.",
            "Wie viele Tage sie gespeichert werden.",
            "Durante cuántos días se guardan.",
        ),
        takes: Takes::Days,
    },
    Setting {
        name: Local::new("reset", "zurücksetzen", "restablecer"),
        about: Local::new(
            "Back to how it is without settings.",
            "Zurück zu dem, was ohne Einstellungen gilt.",
            "Volver a como es sin ajustes.",
        ),
        takes: Takes::Choice(RESET),
    },
];

/// The options of the sub-command.
pub(super) fn options(command: CreateCommandOption) -> CreateCommandOption {
    SETTINGS.iter().fold(command, |command, setting| command.add_sub_option(built(setting)))
}

fn built(setting: &Setting) -> CreateCommandOption {
    let of = |kind| option(kind, setting.name, setting.about);
    match setting.takes {
        Takes::Switch => of(CommandOptionType::Boolean),
        Takes::Channel => of(CommandOptionType::Channel).channel_types(vec![
            ChannelType::Text,
            ChannelType::News,
            ChannelType::Voice,
            ChannelType::Forum,
            ChannelType::PublicThread,
        ]),
        Takes::Story => of(CommandOptionType::String).set_autocomplete(true),
        Takes::Choice(choices) => {
            choices.iter().fold(of(CommandOptionType::String), |option, (value, name)| choice(option, *name, value))
        }
        Takes::Confidence => of(CommandOptionType::Number).min_number_value(0.0).max_number_value(1.0),
        Takes::Days => of(CommandOptionType::Integer).min_int_value(1).max_int_value(DAYS),
    }
}

/// Stories to add: all that are loaded, those that do not answer here yet too.
pub(super) fn complete(asking: &Asking<'_>, given: &Given<'_>) -> Vec<(String, String)> {
    let Some((_, typed)) = given.typed() else { return Vec::new() };
    let mut offered = stories::offered(&asking.shared.engines.base(), typed);
    offered.truncate(OPTIONS - 1);
    offered.push((asking.said.all_stories.to_owned(), ALL.to_owned()));
    offered
}

/// What is to be changed; parsed before anything is.
struct Change {
    enabled: Option<bool>,
    channel: Option<u64>,
    allow: Option<bool>,
    passive: Option<Passive>,
    story: Option<String>,
    language: Option<Option<String>>,
    answer_at: Option<f32>,
    nearest_at: Option<f32>,
    collects: Option<bool>,
    keep_days: Option<u32>,
    reset: Option<String>,
}

impl Change {
    fn read(given: &Given<'_>) -> Self {
        let passive = given.text("passive").map(|word| match word {
            "on" => Passive::On,
            "dry-run" => Passive::DryRun,
            _ => Passive::Off,
        });
        Self {
            enabled: given.switch("enabled"),
            channel: given.channel("channel"),
            allow: given.switch("allow"),
            passive,
            story: given.text("story").map(str::to_lowercase),
            language: given.text("language").map(|code| Some(code.to_owned()).filter(|code| code != THEIRS)),
            answer_at: given.number("answer_at").map(|at| at as f32),
            nearest_at: given.number("nearest_at").map(|at| at as f32),
            collects: given.switch("collect"),
            keep_days: given.integer("keep_days").and_then(|days| u32::try_from(days).ok()),
            reset: given.text("reset").map(str::to_owned),
        }
    }

    /// Why it cannot be done.
    fn refused(&self, asking: &Asking<'_>, server: &Server) -> Option<Outgoing> {
        let is_of_channel = self.allow.is_some() || self.passive.is_some();
        if is_of_channel != self.channel.is_some() && self.story.is_none() {
            return Some(Outgoing::notice(asking.said.needs_channel));
        }
        if self.passive.is_some_and(|p| p != Passive::Off) && !asking.shared.hears_all {
            return Some(Outgoing::notice(asking.said.passive_needs_intent));
        }
        let base = asking.shared.engines.base();
        let usual = base.thresholds();
        let answer_at = self.answer_at.or(server.answer_at).unwrap_or(usual.answer_at);
        let nearest_at = self.nearest_at.or(server.nearest_at).unwrap_or(usual.nearest_at);
        if (self.answer_at.is_some() || self.nearest_at.is_some()) && nearest_at > answer_at {
            return Some(Outgoing::notice(asking.said.unordered));
        }
        let is_known = |id: &str| id == ALL || base.scope_of(id).is_some();
        self.story.as_deref().filter(|id| !is_known(id)).map(|_| stories::unknown(asking, &base))
    }

    fn apply(self, server: &mut Server) {
        match self.reset.as_deref() {
            Some("thresholds") => (server.answer_at, server.nearest_at) = (None, None),
            Some("channels") => server.channels.clear(),
            Some(_) => *server = Server::new(server.id),
            None => {}
        }
        server.enabled = self.enabled.unwrap_or(server.enabled);
        server.collects = self.collects.unwrap_or(server.collects);
        server.keep_days = self.keep_days.unwrap_or(server.keep_days);
        server.answer_at = self.answer_at.or(server.answer_at);
        server.nearest_at = self.nearest_at.or(server.nearest_at);
        server.language = self.language.unwrap_or_else(|| server.language.take());
        let Some(id) = self.channel else {
            return add(&mut server.stories, self.story);
        };
        let is_restricted = server.channels.iter().any(|c| c.allowed);
        if !server.channels.iter().any(|c| c.id == id) {
            server.channels.push(Channel::new(id));
        }
        let Some(channel) = server.channels.iter_mut().find(|c| c.id == id) else { return };
        // Passive answers in a channel where none are given would be for nothing.
        let listens = self.passive.is_some_and(|passive| passive != Passive::Off);
        channel.allowed = self.allow.unwrap_or(channel.allowed || (listens && is_restricted));
        channel.passive = self.passive.unwrap_or(channel.passive);
        add(&mut channel.stories, self.story);
    }
}

/// Adds a story to a choice; `all` ends the choice.
fn add(stories: &mut Vec<String>, story: Option<String>) {
    match story {
        Some(id) if id == ALL => stories.clear(),
        Some(id) if !stories.contains(&id) => stories.push(id),
        _ => {}
    }
}

pub(super) async fn run(asking: &Asking<'_>, id: u64, given: &Given<'_>) -> Outgoing {
    let server = asking.shared.settings.of(id);
    if given.is_empty() {
        return shown(asking.said.settings, &server, asking.said);
    }
    let change = Change::read(given);
    if let Some(refused) = change.refused(asking, &server) {
        return refused;
    }
    let changed = asking.shared.settings.change(id, |server| change.apply(server)).await;
    let changed = match changed {
        // What was kept while it was on goes with the switch.
        Ok(now) if server.collects && !now.collects => asking.shared.store.forget_gaps(id).await.map(|()| now),
        other => other,
    };
    match asking.shared.counted(changed) {
        Ok(server) => {
            tracing::info!(guild = id, "settings changed");
            shown(asking.said.saved, &server, asking.said)
        }
        Err(error) => {
            tracing::error!(guild = id, cause = %error, "settings not saved");
            Outgoing::notice(asking.said.our_fault)
        }
    }
}

fn shown(head: &str, server: &Server, said: &Phrases) -> Outgoing {
    let switch = |on: bool| if on { said.on } else { said.off };
    let number = |value: Option<f32>| value.map_or_else(|| said.usual.to_owned(), |value| value.to_string());
    let listed = |stories: &[String], none: &str| match stories {
        [] => none.to_owned(),
        some => some.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", "),
    };
    let allowed: Vec<String> = server.channels.iter().filter(|c| c.allowed).map(|c| format!("<#{}>", c.id)).collect();
    let places = if allowed.is_empty() { said.everywhere.to_owned() } else { allowed.join(", ") };
    let language = server.language.clone().unwrap_or_else(|| said.askers_language.to_owned());
    let days = filled(said.days, &[&server.keep_days.to_string()]);
    let kept = if server.collects { format!("{}, {days}", said.on) } else { said.off.to_owned() };
    let rows = [
        (said.answers, switch(server.enabled).to_owned()),
        (said.answers_in, places),
        (said.stories, listed(&server.stories, said.all_stories)),
        (said.language, language),
        (said.answer_at, number(server.answer_at)),
        (said.nearest_at, number(server.nearest_at)),
        (said.collects, kept),
    ];
    let of_server = rows.into_iter().map(|(name, value)| format!("- {name}: {value}"));
    let of_channels = server.channels.iter().map(|channel| {
        let passive = match channel.passive {
            Passive::Off => said.off,
            Passive::DryRun => said.dry_run,
            Passive::On => said.on,
        };
        let stories = listed(&channel.stories, said.as_the_server);
        format!("- <#{}>: {}: {passive}; {}: {stories}", channel.id, said.passive, said.stories)
    });
    let text = std::iter::once(head.to_owned()).chain(of_server).chain(of_channels).collect::<Vec<_>>().join("\n");
    Outgoing { body: Body::Text(lines_within(&text, CONTENT)), rows: Vec::new(), private: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::phrases;

    #[test]
    fn phrases_name_options_as_they_are_called() {
        for (n, language) in ["en", "de", "es"].into_iter().enumerate() {
            let said = phrases::of(language);
            let names: Vec<&str> = SETTINGS.iter().map(|s| [s.name.en, s.name.de, s.name.es][n]).collect();
            let quoted = [said.needs_channel, said.unordered].map(|phrase| phrase.split('`').skip(1).step_by(2));
            for word in quoted.into_iter().flatten() {
                assert!(names.contains(&word), "{language}: no option is called {word}");
            }
            assert!(names.iter().any(|option| said.gaps_off.contains(&format!(" {option}: True"))), "{language}");
        }
    }
}

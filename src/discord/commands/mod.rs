//! The table of commands. A new one is a file here and a row in `COMMANDS`.

mod answer_this;
mod ask;
mod facts;
mod given;
mod help;
mod local;
mod privacy;
mod quote;
mod settings;
mod status;
mod stories;
mod story;
pub(super) mod topics;

use serde_json::Value;
use serenity::all::{CommandData, CommandType, CreateCommand, InstallationContext, InteractionContext, Permissions};
use serenity::futures::future::BoxFuture;

use given::Given;
use local::Local;

use super::interactions::Asking;
use super::outgoing::Outgoing;

/// What a command is answered with; most are look-ups in memory, some ask the store.
type Run = for<'a> fn(&'a Asking<'a>, &'a CommandData) -> BoxFuture<'a, Outgoing>;
/// What is offered while somebody types, at most 25: label and value, of at most 100 characters.
type Complete = fn(&Asking<'_>, &Given<'_>) -> Vec<(String, String)>;

/// One command.
struct Command {
    kind: CommandType,
    name: Local,
    /// Empty for a message command, which has none.
    about: Local,
    /// Adds the options.
    options: fn(CreateCommand) -> CreateCommand,
    used: Used,
    manner: Manner,
    run: Run,
    complete: Complete,
}

/// Where a command is offered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Used {
    Everywhere,
    /// In servers, by members who may manage them.
    ByManagers,
}

/// How a command is answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// At once, and counted: who asks too fast is told, and where the bot is switched off it says so.
    Asks,
    /// At once, and always: how things are here.
    Tells,
    /// Later, to the asker alone: it reads the store or the disk.
    Works,
}

const COMMANDS: &[Command] = &[
    ask::COMMAND,
    quote::COMMAND,
    topics::COMMAND,
    story::COMMAND,
    help::COMMAND,
    privacy::COMMAND,
    answer_this::COMMAND,
    facts::COMMAND,
];

/// All commands, for one bulk registration.
///
/// # Errors
/// When one cannot be written as JSON, which is a mistake in its file.
pub(super) fn registrations() -> Result<Vec<Value>, serde_json::Error> {
    let mut all = COMMANDS
        .iter()
        .map(|command| serde_json::to_value(registration(command)))
        .collect::<Result<Vec<Value>, _>>()?;
    all.iter_mut().for_each(without_unset);
    Ok(all)
}

fn registration(command: &Command) -> CreateCommand {
    let new = local::named(CreateCommand::new(command.name.en).kind(command.kind), command.name);
    let new = if command.about.en.is_empty() { new } else { local::described(new, command.about) };
    let new = (command.options)(new);
    match command.used {
        Used::Everywhere => new
            .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm, InteractionContext::PrivateChannel])
            .integration_types(vec![InstallationContext::Guild, InstallationContext::User]),
        Used::ByManagers => new
            .contexts(vec![InteractionContext::Guild])
            .integration_types(vec![InstallationContext::Guild])
            .default_member_permissions(Permissions::MANAGE_GUILD),
    }
}

/// serenity 0.12.5 writes `autocomplete: false` and `options: []` on options of every type; Discord's schema knows the keys
/// on some of them only.
fn without_unset(command: &mut Value) {
    for option in command.get_mut("options").and_then(Value::as_array_mut).into_iter().flatten() {
        without_unset(option);
        let Some(keys) = option.as_object_mut() else { continue };
        keys.retain(|key, value| match key.as_str() {
            "autocomplete" => *value != Value::Bool(false),
            "options" => value.as_array().is_some_and(|options| !options.is_empty()),
            _ => true,
        });
    }
}

fn of(data: &CommandData) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name.en == data.name && command.kind == data.kind)
}

/// Whether a command is answered later, to the asker alone.
pub(super) fn is_deferred(data: &CommandData) -> bool {
    of(data).is_some_and(|command| command.manner == Manner::Works)
}

/// The answer to a command; None for one that is not in the table (an older version registered it).
pub(super) async fn run(asking: &Asking<'_>, data: &CommandData) -> Option<Outgoing> {
    let command = of(data)?;
    let refused = || asking.switched_off().or_else(|| asking.held_back());
    match (command.manner == Manner::Asks).then(refused).flatten() {
        Some(refused) => Some(refused),
        None => Some((command.run)(asking, data).await),
    }
}

/// What is offered for a half-typed option.
pub(super) fn complete(asking: &Asking<'_>, data: &CommandData) -> Vec<(String, String)> {
    let Some(command) = of(data) else { return Vec::new() };
    (command.complete)(asking, &Given::new(data.options()).innermost())
}

/// For commands that offer nothing.
fn offers_nothing(_: &Asking<'_>, _: &Given<'_>) -> Vec<(String, String)> {
    Vec::new()
}

/// For commands without options.
fn no_options(command: CreateCommand) -> CreateCommand {
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All text of a command, with the longest localisation of each, as Discord counts it.
    fn texts(part: &Value) -> usize {
        let length = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
        let longest = |key: &str| {
            let locals = part[format!("{key}_localizations")].as_object().into_iter().flatten();
            locals.map(|(_, text)| length(text)).fold(length(&part[key]), usize::max)
        };
        let inner = ["options", "choices"].iter().flat_map(|key| part[key].as_array().into_iter().flatten());
        longest("name") + longest("description") + length(&part["value"]) + inner.map(texts).sum::<usize>()
    }

    #[test]
    fn registrations_fit() {
        let all = registrations().unwrap();
        assert_eq!(all.len(), COMMANDS.len());
        for command in &all {
            assert!(texts(command) <= 8000, "{}", command["name"]);
        }
    }
}

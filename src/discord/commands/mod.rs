//! The table of slash commands. A new command is a file here and a row in `COMMANDS`.

mod ask;

use serde_json::Value;
use serenity::all::{CommandInteraction, CreateCommand, CreateInteractionResponseMessage};

use crate::discord::conversations::Conversations;

/// One command: its registration, and what it answers. Answering is a look-up in memory, well within the 3 s that Discord
/// gives, so that nothing is deferred.
pub(super) struct Command {
    name: &'static str,
    register: fn(CreateCommand) -> CreateCommand,
    run: fn(&CommandInteraction, &Conversations) -> CreateInteractionResponseMessage,
}

const COMMANDS: &[Command] = &[Command { name: "ask", register: ask::register, run: ask::run }];

/// All commands, for one bulk registration.
///
/// # Errors
/// When one cannot be written as JSON, which is a mistake in its file.
pub(super) fn registrations() -> Result<Vec<Value>, serde_json::Error> {
    let written = |command: &Command| serde_json::to_value((command.register)(CreateCommand::new(command.name)));
    let mut all = COMMANDS.iter().map(written).collect::<Result<Vec<Value>, _>>()?;
    all.iter_mut().for_each(without_unset);
    Ok(all)
}

/// serenity 0.12.5 writes `autocomplete: false` on options of every type; Discord's schema knows the key on those of text
/// and numbers only.
fn without_unset(command: &mut Value) {
    for option in command.get_mut("options").and_then(Value::as_array_mut).into_iter().flatten() {
        without_unset(option);
        if let Some(keys) = option.as_object_mut().filter(|keys| keys.get("autocomplete") == Some(&Value::Bool(false)))
        {
            keys.remove("autocomplete");
        }
    }
}

/// The answer to a command; None for one that is not in the table (an older version registered it).
pub(super) fn run(
    used: &CommandInteraction,
    conversations: &Conversations,
) -> Option<CreateInteractionResponseMessage> {
    let command = COMMANDS.iter().find(|command| command.name == used.data.name)?;
    Some((command.run)(used, conversations))
}

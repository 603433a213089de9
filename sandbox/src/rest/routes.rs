//! The one table of routes, in the words of Discord's documents: what is not in it does not exist.
//! A new route is a row here, an operation, and the rules of `rules/` that name it.

use super::{Call, Reply, application, channels, interactions};
use crate::state::State;

/// The values in a path, by name.
pub(super) type Params = Vec<(&'static str, String)>;

/// One route.
pub(crate) struct Route {
    pub(crate) operation: Operation,
    pub(crate) method: &'static str,
    /// Below the base, with names in braces.
    pub(crate) path: &'static str,
    pub(crate) run: fn(&mut State, &Call) -> Reply,
}

/// What a route does; rules name the operations that they are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    GetGateway,
    GetGatewayBot,
    GetMyUser,
    GetMyApplication,
    GetUser,
    CreateDm,
    GetGuild,
    GetChannel,
    TriggerTyping,
    ListMessages,
    CreateMessage,
    GetMessage,
    EditMessage,
    DeleteMessage,
    ListCommands,
    SetCommands,
    CreateCommand,
    DeleteCommand,
    ListGuildCommands,
    SetGuildCommands,
    CreateInteractionResponse,
    CreateFollowup,
    GetOriginal,
    EditOriginal,
    DeleteOriginal,
    GetFollowup,
    EditFollowup,
    DeleteFollowup,
}

impl Operation {
    /// What may carry a message.
    pub(crate) const MESSAGES: &'static [Self] = &[
        Self::CreateMessage,
        Self::CreateInteractionResponse,
        Self::CreateFollowup,
        Self::EditMessage,
        Self::EditOriginal,
        Self::EditFollowup,
    ];
    /// What makes a new message.
    pub(crate) const CREATES: &'static [Self] =
        &[Self::CreateMessage, Self::CreateInteractionResponse, Self::CreateFollowup];
    /// What changes a message.
    pub(crate) const EDITS: &'static [Self] = &[Self::EditMessage, Self::EditOriginal, Self::EditFollowup];
    /// What registers commands.
    pub(crate) const COMMANDS: &'static [Self] = &[Self::SetCommands, Self::CreateCommand, Self::SetGuildCommands];
    /// What an interaction's token opens.
    pub(crate) const WEBHOOKS: &'static [Self] = &[
        Self::CreateFollowup,
        Self::GetOriginal,
        Self::EditOriginal,
        Self::DeleteOriginal,
        Self::GetFollowup,
        Self::EditFollowup,
        Self::DeleteFollowup,
    ];
    /// What names a channel.
    pub(crate) const CHANNELS: &'static [Self] = &[
        Self::GetChannel,
        Self::TriggerTyping,
        Self::ListMessages,
        Self::CreateMessage,
        Self::GetMessage,
        Self::EditMessage,
        Self::DeleteMessage,
    ];
    /// What needs a body.
    pub(crate) const WITH_BODY: &'static [Self] = &[
        Self::CreateDm,
        Self::CreateMessage,
        Self::EditMessage,
        Self::SetCommands,
        Self::CreateCommand,
        Self::SetGuildCommands,
        Self::CreateInteractionResponse,
        Self::CreateFollowup,
        Self::EditOriginal,
        Self::EditFollowup,
    ];
    /// What its path alone authorises: the gateway's address, and an interaction's token.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::GetGateway | Self::CreateInteractionResponse) || Self::WEBHOOKS.contains(&self)
    }
}

/// Where all routes begin.
const BASE: &str = "/api/v10";
const MESSAGES: &str = "/channels/{channel_id}/messages";
const MESSAGE: &str = "/channels/{channel_id}/messages/{message_id}";
const COMMANDS: &str = "/applications/{application_id}/commands";
const GUILD_COMMANDS: &str = "/applications/{application_id}/guilds/{guild_id}/commands";
const CALLBACK: &str = "/interactions/{interaction_id}/{interaction_token}/callback";
const WEBHOOK: &str = "/webhooks/{webhook_id}/{webhook_token}";
const ORIGINAL: &str = "/webhooks/{webhook_id}/{webhook_token}/messages/@original";
const FOLLOWUP: &str = "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}";

/// Literal paths stand before those with names that would match them too.
const ROUTES: &[Route] = &[
    route(Operation::GetGateway, "GET", "/gateway", application::gateway),
    route(Operation::GetGatewayBot, "GET", "/gateway/bot", application::gateway_bot),
    route(Operation::GetMyApplication, "GET", "/applications/@me", application::me),
    route(Operation::GetMyUser, "GET", "/users/@me", application::user),
    route(Operation::CreateDm, "POST", "/users/@me/channels", channels::create_dm),
    route(Operation::GetUser, "GET", "/users/{user_id}", application::user),
    route(Operation::GetGuild, "GET", "/guilds/{guild_id}", channels::guild),
    route(Operation::GetChannel, "GET", "/channels/{channel_id}", channels::channel),
    route(Operation::TriggerTyping, "POST", "/channels/{channel_id}/typing", channels::typing),
    route(Operation::ListMessages, "GET", MESSAGES, channels::list),
    route(Operation::CreateMessage, "POST", MESSAGES, channels::create),
    route(Operation::GetMessage, "GET", MESSAGE, channels::get),
    route(Operation::EditMessage, "PATCH", MESSAGE, channels::edit),
    route(Operation::DeleteMessage, "DELETE", MESSAGE, channels::delete),
    route(Operation::ListCommands, "GET", COMMANDS, application::list_commands),
    route(Operation::SetCommands, "PUT", COMMANDS, application::set_commands),
    route(Operation::CreateCommand, "POST", COMMANDS, application::create_command),
    route(
        Operation::DeleteCommand,
        "DELETE",
        "/applications/{application_id}/commands/{command_id}",
        application::delete_command,
    ),
    route(Operation::ListGuildCommands, "GET", GUILD_COMMANDS, application::list_guild_commands),
    route(Operation::SetGuildCommands, "PUT", GUILD_COMMANDS, application::set_guild_commands),
    route(Operation::CreateInteractionResponse, "POST", CALLBACK, interactions::respond),
    route(Operation::CreateFollowup, "POST", WEBHOOK, interactions::follow_up),
    route(Operation::GetOriginal, "GET", ORIGINAL, interactions::get),
    route(Operation::EditOriginal, "PATCH", ORIGINAL, interactions::edit),
    route(Operation::DeleteOriginal, "DELETE", ORIGINAL, interactions::delete),
    route(Operation::GetFollowup, "GET", FOLLOWUP, interactions::get),
    route(Operation::EditFollowup, "PATCH", FOLLOWUP, interactions::edit),
    route(Operation::DeleteFollowup, "DELETE", FOLLOWUP, interactions::delete),
];

const fn route(
    operation: Operation,
    method: &'static str,
    path: &'static str,
    run: fn(&mut State, &Call) -> Reply,
) -> Route {
    Route { operation, method, path, run }
}

/// The route of a request, and the values in its path.
pub(super) fn find(method: &str, path: &str) -> Option<(&'static Route, Params)> {
    let path = path.strip_prefix(BASE)?;
    ROUTES.iter().filter(|route| route.method == method).find_map(|route| Some((route, fit(route.path, path)?)))
}

fn fit(template: &'static str, path: &str) -> Option<Params> {
    if template.split('/').count() != path.split('/').count() {
        return None;
    }
    let mut params = Params::new();
    for (expected, given) in template.split('/').zip(path.split('/')) {
        match expected.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => params.push((name, given.to_owned())),
            None if expected == given => {}
            None => return None,
        }
    }
    Some(params)
}

/// Whether a route is written this way in the table.
pub(crate) fn exists(method: &str, path: &str) -> bool {
    ROUTES.iter().any(|route| route.method == method && route.path == path)
}

//! Making things go wrong at the gateway, keeping answers back, and putting all right again.
//! What happens to a request is decided when it comes, in `rest/trouble.rs`.

use std::sync::Arc;

use serde_json::json;

use super::Sandbox;
use crate::fault::Fault;
use crate::gateway::{Frame, Mood};
use crate::payload;
use crate::rest;
use crate::state::{Message, State};

/// A number that no enumeration of Discord's has.
const UNKNOWN: u64 = 250;

impl Sandbox {
    /// Makes something go wrong.
    ///
    /// # Panics
    /// When a fault names a route that the sandbox does not have.
    pub fn inject(&self, fault: Fault) {
        self.platform.change(|state| match fault {
            Fault::CloseGateway(code) => state.sessions.close(|| Frame::Close(code)),
            Fault::DropGateway => state.sessions.close(|| Frame::Drop),
            Fault::Reconnect => state.sessions.broadcast(&json!({"op": 7, "d": null}).to_string()),
            Fault::InvalidSession { resumable } => {
                state.sessions.broadcast(&json!({"op": 9, "d": resumable}).to_string());
                if !resumable {
                    state.sessions.list.clear();
                }
            }
            Fault::DuplicateNextEvent => state.sessions.duplicate = 1,
            Fault::DuplicateNext(events) => state.sessions.duplicate = events,
            Fault::ReorderNext(events) => state.sessions.reorder = events,
            Fault::UnknownEvents => unknown_events(state),
            Fault::RefuseIdentify(code) => state.sessions.mood = Mood::Refusing(code),
            Fault::SilentGateway { upgrades } => state.sessions.mood = Mood::Silent { upgrades },
            Fault::DeadInteraction => state.dead_next = true,
            Fault::FailNext { method, path, .. } | Fault::Requests { method, path, .. } => {
                assert!(rest::exists(method, path), "there is no route {method} {path}");
                state.faults.push(fault);
            }
        });
    }

    /// Ends every fault that lasts, and lets go of the answers that are held.
    pub fn heal(&self) {
        self.platform.change(|state| {
            state.faults.clear();
            state.sessions.mood = Mood::Serving;
            state.sessions.duplicate = 0;
            state.dead_next = false;
        });
        self.release();
    }

    /// Lets go of the answers that [`crate::Trouble::Hold`] keeps.
    pub fn release(&self) {
        self.platform.release.send_modify(|times| *times += 1);
    }
}

/// What no client has heard of yet: a type of event, and types of messages, interactions and channels.
fn unknown_events(state: &mut State) {
    let world = Arc::clone(&state.world);
    let Some((guild, channel)) = world.guilds.first().and_then(|guild| Some((guild.id, guild.channels.first()?.id)))
    else {
        panic!("the world has no channel to send the unknown to");
    };
    state.dispatch("SANDBOX_OF_THE_FUTURE", &json!({"guild_id": guild, "of_the_future": true}));
    if let Some((place, author)) = world.place(channel).zip(world.users.first()) {
        let mut message = payload::message(&state.clock, place, channel, author);
        message["type"] = UNKNOWN.into();
        message["flags"] = (1u64 << 40).into();
        message["components"] = json!([{"type": UNKNOWN, "id": 1, "of_the_future": true}]);
        state.add_message(Message::new(message, channel, author.id));
    }
    let interaction = json!({
        "id": state.next_id(), "application_id": world.application_id, "type": UNKNOWN, "version": 1,
        "token": "interaction-token-of-the-future", "channel_id": channel, "data": {"of_the_future": true}
    });
    state.dispatch("INTERACTION_CREATE", &interaction);
    let place = json!({
        "id": state.next_id(), "guild_id": guild, "type": UNKNOWN, "name": "of-the-future", "position": 0, "flags": 0,
        "permission_overwrites": []
    });
    state.dispatch("CHANNEL_CREATE", &place);
}

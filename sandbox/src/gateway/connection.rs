//! One WebSocket connection: HELLO, then identify or resume, then heartbeats in and events out.
//! Every answer goes through the connection's queue, so that frames keep their order.

use std::collections::VecDeque;
use std::sync::Arc;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::{Frame, Mood, Session, intents};
use crate::Snowflake;
use crate::atlas::Absence;
use crate::payload;
use crate::record::{Refusal, Violation};
use crate::state::{Platform, State};

/// Long: a test is over before the first heartbeat is due.
/// The largest payload that a client may send.
const LARGEST_PAYLOAD: usize = 4096;

/// So many payloads a client may send in a minute, by the sandbox's clock.
const PAYLOADS: usize = 120;
const PAYLOADS_MS: u64 = 60_000;

/// Why a connection is closed on the client.
struct Closed {
    code: u16,
    rule: &'static str,
    detail: String,
    /// The platform's settings are the reason, and not a fault in the client's frames.
    refused: bool,
}

/// Serves one client until either side closes.
pub(crate) async fn accept(platform: Arc<Platform>, mut socket: WebSocket, version: Option<String>) {
    let (queue, mut outgoing) = unbounded_channel();
    let (number, mood) = platform.change(|state| (state.sessions.next_connection(), state.sessions.mood));
    let silent = matches!(mood, Mood::Silent { .. });
    let mut payloads = VecDeque::new();
    if version.as_deref() != Some("10") {
        let detail = format!("version {version:?} is not served, 10 is");
        platform.change(|state| end(state, &queue, broken(4012, "API version", detail)));
    } else if !silent {
        let hello = json!({"op": 10, "d": {"heartbeat_interval": platform.lock().world.heartbeat_ms}});
        send(&queue, &hello);
    }
    loop {
        tokio::select! {
            frame = outgoing.recv() => {
                let Some(frame) = frame else { break };
                if !write(&platform, &mut socket, frame).await {
                    break;
                }
            }
            frame = socket.recv() => match frame {
                Some(Ok(_)) if silent => {}
                Some(Ok(Message::Text(text))) => platform.change(|state| {
                    if too_many(&mut payloads, state.clock.unix_ms()) {
                        let detail = format!("more than {PAYLOADS} payloads in a minute");
                        return end(state, &queue, broken(4008, "payloads a minute", detail));
                    }
                    receive(state, &queue, number, text.as_str());
                }),
                Some(Ok(Message::Close(frame))) => {
                    let code = frame.map(|frame| frame.code);
                    platform.change(|state| forget(state, number, code));
                    break;
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => break,
            },
        }
    }
    platform.change(|state| forget(state, number, None));
}

/// Whether this payload is one too many for the last minute.
fn too_many(payloads: &mut VecDeque<u64>, now: u64) -> bool {
    payloads.retain(|sent| now - sent < PAYLOADS_MS);
    payloads.push_back(now);
    payloads.len() > PAYLOADS
}

/// Sends one frame, and tells whether the connection goes on.
async fn write(platform: &Platform, socket: &mut WebSocket, frame: Frame) -> bool {
    match frame {
        Frame::Text { text, question } => {
            if let Some(question) = question {
                platform.times.leaves(question);
            }
            socket.send(Message::Text(text)).await.is_ok()
        }
        Frame::Close(code) => {
            let frame = CloseFrame { code, reason: "".into() };
            // The client may be gone already; either way the connection is over.
            let _ = socket.send(Message::Close(Some(frame))).await;
            false
        }
        Frame::Drop => false,
    }
}

fn send(queue: &UnboundedSender<Frame>, value: &Value) {
    // The receiving half lives as long as the connection that calls this.
    let _ = queue.send(Frame::Text { text: value.to_string().into(), question: None });
}

/// The connection is over: its session waits to be resumed, unless the client ended it.
fn forget(state: &mut State, connection: u64, code: Option<u16>) {
    if matches!(code, Some(1000 | 1001)) {
        state.sessions.list.retain(|session| session.connection != connection);
    }
    for session in &mut state.sessions.list {
        if session.connection == connection {
            session.socket = None;
        }
    }
}

fn receive(state: &mut State, queue: &UnboundedSender<Frame>, connection: u64, text: &str) {
    if let Err(closed) = obey(state, queue, connection, text) {
        end(state, queue, closed);
    }
}

fn end(state: &mut State, queue: &UnboundedSender<Frame>, closed: Closed) {
    let Closed { code, rule, detail, refused } = closed;
    let request = "gateway".to_owned();
    if refused {
        state.ledger.refuse(Refusal { request, code: code.into(), rule, detail });
    } else {
        state.ledger.violate(Violation { request, layer: 5, rule, detail });
    }
    let _ = queue.send(Frame::Close(code));
}

fn broken(code: u16, rule: &'static str, detail: impl Into<String>) -> Closed {
    Closed { code, rule, detail: detail.into(), refused: false }
}

fn obey(state: &mut State, queue: &UnboundedSender<Frame>, connection: u64, text: &str) -> Result<(), Closed> {
    if text.len() > LARGEST_PAYLOAD {
        return Err(broken(4002, "payload size", format!("{} bytes, at most {LARGEST_PAYLOAD}", text.len())));
    }
    let Ok(frame) = serde_json::from_str::<Value>(text) else {
        return Err(broken(4002, "payload is JSON", "it cannot be parsed"));
    };
    let known = state.sessions.list.iter().any(|session| session.connection == connection);
    match (frame["op"].as_u64(), known) {
        (Some(1), _) => {
            send(queue, &json!({"op": 11}));
            Ok(())
        }
        (Some(2), false) => identify(state, queue, connection, &frame["d"]),
        (Some(6), false) => resume(state, queue, connection, &frame["d"]),
        (Some(2 | 6), true) => Err(broken(4005, "identify once", "the connection has a session already")),
        (Some(3 | 4 | 8), true) => Ok(()),
        (Some(3 | 4 | 8), false) => Err(broken(4003, "identify first", "the connection has no session yet")),
        (op, _) => Err(broken(4001, "opcode", format!("{op:?} is none that a client sends"))),
    }
}

fn check_token(state: &State, body: &Value) -> Result<(), Closed> {
    let token = body["token"].as_str().unwrap_or_default();
    if token.strip_prefix("Bot ").unwrap_or(token) == state.world.token {
        return Ok(());
    }
    let detail = "the token is not the application's".to_owned();
    Err(Closed { code: 4004, rule: "gateway token", detail, refused: true })
}

fn check_intents(state: &State, body: &Value) -> Result<u64, Closed> {
    let Some(asked) = body["intents"].as_u64() else {
        return Err(broken(4013, "intents", "they are missing"));
    };
    if asked & !intents::ALL != 0 {
        return Err(broken(4013, "intents", format!("{asked} has bits without a meaning")));
    }
    if asked & intents::MESSAGE_CONTENT != 0 && !state.world.message_content {
        let detail = "MESSAGE_CONTENT is not enabled in the portal".to_owned();
        return Err(Closed { code: 4014, rule: "privileged intents", detail, refused: true });
    }
    Ok(asked)
}

fn identify(state: &mut State, queue: &UnboundedSender<Frame>, connection: u64, body: &Value) -> Result<(), Closed> {
    state.sessions.identifies += 1;
    if let Mood::Refusing(code) = state.sessions.mood {
        let _ = queue.send(Frame::Close(code));
        return Ok(());
    }
    check_token(state, body)?;
    let intents = check_intents(state, body)?;
    let shard = match (body["shard"][0].as_u64(), body["shard"][1].as_u64()) {
        (None, None) => (0, 1),
        (Some(shard), Some(shards)) if shard < shards => (shard, shards),
        _ => return Err(broken(4010, "shard", format!("{} names no shard", body["shard"]))),
    };
    // A client that identifies anew has given its lost session up.
    state.sessions.list.retain(|session| session.socket.is_some() || session.shard != shard);
    let id = format!("session-{}", state.sessions.identifies);
    let mut session = Session::new(id, intents, shard, queue.clone(), connection);
    welcome(state, &mut session);
    state.sessions.list.push(session);
    Ok(())
}

/// READY, with the guilds of the shard as stubs, and a GUILD_CREATE for each of them.
fn welcome(state: &State, session: &mut Session) {
    let world = &state.world;
    let (shard, shards) = session.shard;
    let mine = |id: Snowflake| (id.0 >> 22) % shards == shard && world.absence(id) != Some(Absence::Removed);
    let guilds: Vec<_> = world.guilds.iter().filter(|guild| mine(guild.id)).collect();
    let stubs: Vec<Value> = guilds.iter().map(|guild| json!({"id": guild.id, "unavailable": true})).collect();
    let ready = json!({
        "v": 10, "user": payload::user(&world.bot), "guilds": stubs, "session_id": session.id,
        "resume_gateway_url": state.gateway_url, "shard": [shard, shards],
        "application": {"id": world.application_id, "flags": 0}
    });
    session.send_event("READY", &ready);
    if session.intents & intents::GUILDS == 0 {
        return;
    }
    let everybody = session.intents & intents::GUILD_PRESENCES != 0;
    for guild in guilds.into_iter().filter(|guild| world.absence(guild.id).is_none()) {
        session.send_event("GUILD_CREATE", &payload::guild(world, guild, everybody));
    }
}

fn resume(state: &mut State, queue: &UnboundedSender<Frame>, connection: u64, body: &Value) -> Result<(), Closed> {
    check_token(state, body)?;
    let id = body["session_id"].as_str().unwrap_or_default();
    let Some(session) = state.sessions.list.iter_mut().find(|session| session.id == id) else {
        send(queue, &json!({"op": 9, "d": false}));
        return Ok(());
    };
    let seq = body["seq"].as_u64().unwrap_or(u64::MAX);
    if seq > session.seq {
        return Err(broken(4007, "resume sequence", format!("{} was never sent", body["seq"])));
    }
    if !session.remembers(seq) {
        state.sessions.list.retain(|session| session.id != id);
        send(queue, &json!({"op": 9, "d": false}));
        return Ok(());
    }
    session.socket = Some(queue.clone());
    session.connection = connection;
    session.replay(seq);
    session.send_event("RESUMED", &json!({}));
    state.sessions.resumes += 1;
    Ok(())
}

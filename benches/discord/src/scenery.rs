//! Who is there and what is said: a world of many servers and people, gold questions, and talk about other things.
//! There are so many people and channels that a steady rate of questions keeps to the bot's cooldown.

use std::fs;
use std::path::Path;

use discord_sandbox::{Channel, Record, Snowflake, User, World};
use serde::Deserialize;

use crate::Fallible;

/// With 500 questions a second each asks one in 8 s; the bot answers six in 20 s.
const PEOPLE: u64 = 4_000;
/// Above the ids of the sandbox's own people.
const FIRST: u64 = 1_200_000_000_000_000_000;

/// What people say among themselves; none mentions the bot.
const TALK: &[&str] = &[
    "lol",
    "anyone up for a round tonight?",
    "the new patch broke my save, had to start over from the second chapter",
    "ok",
    "https://example.org/watch?v=1 this one is great",
    "I think the second season was better, but the ending of the first one was hard to beat",
    "brb dinner",
    "what do you all use for notes these days? I tried three apps and went back to paper",
    "😂😂😂",
    "good morning everybody",
    "that is not how any of this works",
    "can somebody send me the link to the spreadsheet from last week, I lost it when my laptop died",
];

/// Many servers and people, who are only counted.
pub fn world(guilds: u64, channels: u64) -> World {
    let mut world = World { record: Record::Counts, ..World::with_guilds(guilds) };
    for guild in &mut world.guilds {
        let Some(like) = guild.channels.first().cloned() else { continue };
        let channel =
            |number| Channel { id: Snowflake(guild.id.0 + number), name: format!("channel-{number}"), ..like.clone() };
        guild.channels = (1..=channels).map(channel).collect();
    }
    let person = |at| User {
        id: Snowflake(FIRST + at),
        username: format!("person-{at}"),
        bot: false,
        permissions: 0,
        locale: "en-US".to_owned(),
    };
    world.users.extend((0..PEOPLE).map(person));
    world
}

/// Walks through people, channels and sentences, so that each comes again as late as can be.
pub struct Scenery {
    channels: Vec<Snowflake>,
    questions: Vec<String>,
    bot: Snowflake,
    step: u64,
}

impl Scenery {
    /// Everything in a world, with questions in turns.
    pub fn new(world: &World, questions: Vec<String>) -> Self {
        // First channels of all servers, then second ones.
        let most = world.guilds.iter().map(|guild| guild.channels.len()).max().unwrap_or_default();
        let nth = |at: usize| world.guilds.iter().filter_map(move |guild| guild.channels.get(at));
        let channels = (0..most).flat_map(nth).map(|channel| channel.id).collect();
        Self { channels, questions, bot: world.bot.id, step: 0 }
    }

    /// The next channel and person.
    pub fn next(&mut self) -> (Snowflake, Snowflake) {
        self.step += 1;
        let channel = self.channels[(self.step % self.channels.len() as u64) as usize];
        (channel, Snowflake(FIRST + self.step % PEOPLE))
    }

    /// The last channel, which is known to the bot when all are.
    pub fn last_channel(&self) -> Snowflake {
        self.channels.last().copied().unwrap_or(self.bot)
    }

    /// The next question, put to the bot.
    pub fn question(&self) -> String {
        format!("<@{}> {}", self.bot, self.plain_question())
    }

    /// The beginning of the next question, as somebody types it.
    pub fn typed(&self) -> String {
        self.plain_question().chars().take(2 + (self.step % 19) as usize).collect()
    }

    fn plain_question(&self) -> &str {
        &self.questions[(self.step % self.questions.len() as u64) as usize]
    }

    /// The next sentence of talk.
    pub fn talk(&self) -> &'static str {
        TALK[(self.step % TALK.len() as u64) as usize]
    }
}

#[derive(Deserialize)]
struct Gold {
    #[serde(default)]
    question: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    q: String,
}

/// All gold questions, in the order of their files' names.
pub fn questions(folder: &Path) -> Fallible<Vec<String>> {
    let mut files: Vec<_> = fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    let mut questions = Vec::new();
    for file in files {
        let gold: Gold = toml::from_str(&fs::read_to_string(&file)?)?;
        questions.extend(gold.question.into_iter().map(|question| question.q));
    }
    if questions.is_empty() {
        return Err(format!("no gold question in {}", folder.display()).into());
    }
    Ok(questions)
}

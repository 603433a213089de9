//! What a right reply does: shows an item, names a source or a speaker, asks back, talks about itself, or rightly
//! refuses.
//!
//! Questions and turns of dialogues say it in the same strings; a new kind of wish is a variant here and an arm in
//! `judge`.

use serde::Deserialize;

/// A fact or quote.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct ItemName {
    /// Id of its story; None: the only story of the file.
    pub story: Option<String>,
    /// Its id.
    pub id: String,
}

/// What a right reply does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum Wanted {
    /// Shows nothing: the story does not say.
    Unknown,
    /// Talks about the bot or the article.
    Meta,
    /// Asks which is meant, and shows a wanted item of each story; where no stories are named, each wanted item.
    Clarify,
    /// Shows this at the most, and that it lacks what was asked for.
    Lacks(ItemName),
    /// Shows this fact or quote.
    Item(ItemName),
    /// Names the source of this fact or quote.
    Source(ItemName),
    /// Names this speaker.
    Speaker(String),
}

/// How much of what is wanted must be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One of it.
    One,
    /// Everything, in one reply.
    Both,
    /// Everything, over all pages, and little else.
    List,
}

/// What is wanted of one reply.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// What a right reply does; empty: anything but making something up.
    pub want: &'a [Wanted],
    /// Other items that a list may show.
    pub may: &'a [ItemName],
    /// How much of it.
    pub form: Form,
}

impl From<String> for ItemName {
    fn from(text: String) -> Self {
        match text.split_once('/') {
            Some((story, id)) => Self { story: Some(story.to_owned()), id: id.to_owned() },
            None => Self { story: None, id: text },
        }
    }
}

impl From<String> for Wanted {
    fn from(text: String) -> Self {
        let named = |id: &str| ItemName::from(id.to_owned());
        match text.split_once(':') {
            Some(("lacks", id)) => Self::Lacks(named(id)),
            Some(("source", id)) => Self::Source(named(id)),
            Some(("speaker", name)) => Self::Speaker(name.to_owned()),
            _ => match text.as_str() {
                "unknown" => Self::Unknown,
                "meta" => Self::Meta,
                "clarify" => Self::Clarify,
                _ => Self::Item(named(&text)),
            },
        }
    }
}

impl ItemName {
    /// Whether the item of that story and id is meant.
    pub fn is(&self, story: &str, id: &str) -> bool {
        self.id == id && self.story.as_ref().is_none_or(|s| s == story)
    }

    /// As it stands in the file.
    fn written(&self) -> String {
        self.story.iter().map(|s| format!("{s}/")).chain([self.id.clone()]).collect()
    }
}

impl Wanted {
    /// The fact or quote it names.
    pub fn named(&self) -> Option<&ItemName> {
        match self {
            Self::Lacks(item) | Self::Item(item) | Self::Source(item) => Some(item),
            Self::Unknown | Self::Meta | Self::Clarify | Self::Speaker(_) => None,
        }
    }
}

impl<'a> Wish<'a> {
    /// The facts and quotes to show.
    pub fn items(&self) -> impl Iterator<Item = &'a ItemName> {
        self.want.iter().filter_map(|w| if let Wanted::Item(item) = w { Some(item) } else { None })
    }

    /// All facts and quotes that are named, in `may` too.
    pub fn named(&self) -> impl Iterator<Item = &'a ItemName> {
        self.want.iter().filter_map(Wanted::named).chain(self.may)
    }

    /// Whether `wanted` is among what a right reply does.
    pub fn has(&self, wanted: &Wanted) -> bool {
        self.want.contains(wanted)
    }

    /// What makes no sense in a file for these stories, and what would be right.
    pub(super) fn fault(&self, stories: &[String]) -> Option<String> {
        let is_all = self.form != Form::One || self.has(&Wanted::Clarify);
        if is_all && self.items().next().is_none() {
            return Some("`list`, `both` and \"clarify\" need the ids to show in `want`".to_owned());
        }
        let strange = self.named().find(|item| match (&item.story, stories) {
            (Some(story), _) => !stories.contains(story),
            (None, stories) => stories.len() > 1,
        })?;
        let right = if stories.len() > 1 { "STORY/ID with a story of `stories`" } else { "an id of the file's story" };
        Some(format!("`{}` names no item; write {right}", strange.written()))
    }
}

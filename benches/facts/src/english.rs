//! As much English as made-up sentences and questions need: which words carry no content, and which do.

/// Words that hold sentences together, the most frequent first.
pub(crate) const FUNCTION_WORDS: &[&str] = &[
    "the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "was", "on", "as", "with", "are", "be", "by", "at",
    "this", "from", "or", "have", "an", "not", "which", "were", "but", "his", "had", "has", "he", "their", "can",
    "its", "they", "all", "been", "one", "will", "more", "when", "may", "also", "her", "into", "than", "other", "some",
    "only", "after", "would", "who", "these", "such", "there", "about", "over", "most", "under", "between", "during",
    "while", "where", "then", "two", "both", "through", "many", "before", "because", "until", "since", "without",
    "within", "she", "them", "any", "each", "what", "how", "why", "did", "does", "do", "you", "your", "if", "so", "no",
    "could", "should", "those", "him", "my", "me", "we", "us", "our", "whose", "whom",
];

/// How questions open.
pub(crate) const QUESTION_WORDS: &[&str] =
    &["what", "who", "when", "where", "why", "how", "which", "how many", "how much"];

/// The words and numbers of a text that say what it is about, each once, in their order.
pub(crate) fn content_words(text: &str) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let tells = word.chars().count() >= 4 || word.starts_with(|c: char| c.is_ascii_digit());
        if tells && !is_function_word(word) && !out.contains(&word) {
            out.push(word);
        }
    }
    out
}

/// A question without case, punctuation and spacing, to tell whether two are the same.
pub(crate) fn plain(question: &str) -> String {
    question.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.iter().any(|f| f.eq_ignore_ascii_case(word))
}

//! What a base promises: the same from the same seed, every gold sentence in it, and no benched question among the samples.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::HashSet;
use std::fs;
use std::sync::LazyLock;

use bench_facts::{Base, Source};

static INVENTED: LazyLock<Source> = LazyLock::new(|| Source::invented(7));

#[test]
fn follows_from_the_seed() {
    let again = Source::invented(7);
    assert_eq!(again.sentences, INVENTED.sentences);
    let [a, b] = [&*INVENTED, &again].map(|source| Base::new(source, 500, 3));
    assert_eq!(format!("{a:?}"), format!("{b:?}"));
    let other = Base::new(&INVENTED, 500, 4);
    assert_ne!(format!("{a:?}"), format!("{other:?}"));
}

#[test]
fn a_larger_base_holds_the_smaller() {
    let [small, large] = [100, 3_000].map(|size| Base::new(&INVENTED, size, 3));
    assert_eq!((small.facts.len(), large.facts.len()), (100, 3_000));
    for (a, b) in small.facts.iter().zip(&large.facts) {
        assert_eq!((&a.text, &a.questions), (&b.text, &b.questions));
    }
    assert!(small.questions.len() < large.questions.len());
}

#[test]
fn gold_is_there_and_samples_are_not_benched() {
    let base = Base::new(&INVENTED, 1_000, 3);
    assert!(base.questions.len() >= 400, "{}", base.questions.len());
    let asked: HashSet<&str> = base.questions.iter().map(|q| q.clean.as_str()).collect();
    for question in &base.questions {
        assert!(question.gold.iter().all(|place| *place < base.facts.len()), "{question:?}");
    }
    for fact in &base.facts {
        assert!(matches!(fact.questions.len(), 0 | 2), "{fact:?}");
        for sample in &fact.questions {
            assert!(!asked.contains(sample.as_str()), "{sample}");
            let own = sample.split(' ').filter(|word| fact.text.contains(word)).count();
            assert!(own >= 2, "{sample}: {}", fact.text);
        }
    }
    let sampled = base.facts.iter().filter(|f| !f.questions.is_empty()).count();
    assert!((400..600).contains(&sampled), "{sampled}");
}

#[test]
fn typing_is_bad_in_some_words() {
    let base = Base::new(&INVENTED, 1_000, 3);
    let words = |q: &str| q.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (mut long, mut wrong) = (0, 0);
    for question in &base.questions {
        let pairs: Vec<_> = words(&question.clean).into_iter().zip(words(&question.typed)).collect();
        long += pairs.iter().filter(|(clean, _)| clean.chars().filter(|c| c.is_alphabetic()).count() >= 4).count();
        wrong += pairs.iter().filter(|(clean, typed)| clean != typed).count();
    }
    // A swap of two equal letters changes nothing.
    assert!((0.25..0.31).contains(&(wrong as f64 / long as f64)), "{wrong} of {long}");
}

#[test]
fn reads_plain_files_and_goes_on_in_halves() {
    let folder = std::env::temp_dir().join(format!("bench-facts-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("words.txt"), "one two three four\nfive six seven eight\n").unwrap();
    let task = r#"{"id":"a","title":"A","base":[{"id":"s0","text":"Aside."},{"id":"s1","text":"Berta rang Mona."}],"queries":[{"id":"q0","q":"who rang?"},{"id":"q1","q":"what else?"}]}"#;
    fs::write(folder.join("task.jsonl"), task).unwrap();
    fs::write(folder.join("task.gold.jsonl"), "{\"id\":\"q0\",\"gold\":[\"s1\"]}\n{\"id\":\"q1\",\"gold\":[]}\n")
        .unwrap();
    let source = Source::read(std::slice::from_ref(&folder)).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    let base = Base::new(&source, 6, 1);
    assert_eq!(base.facts[0].text, "Berta rang Mona.");
    assert_eq!(base.facts.len(), 6);
    assert_eq!((base.questions.len(), &base.questions[0].gold), (1, &vec![0]));
    assert!(Source::read(&[folder]).unwrap_err().to_string().contains("bench-facts-"));
}

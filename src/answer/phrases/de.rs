//! What the bot says in German, du-form; the English table says what each phrase is for.
//!
//! A value may stand in another language and in any number, so no verb agrees with one. "Behauptet" and "Darstellung"
//! leave open whether it is so; "belegt" would not.

use super::Phrases;
use crate::answer::smalltalk::Talk;
use crate::answer::smalltalk::Talks;

pub(super) const DE: Phrases = Phrases {
    code: "de",
    closest: "Am nächsten kommt dem im Bericht:",
    unknown: "Das steht nicht im Bericht.",
    unknown_several: "Das steht in keinem der Berichte.",
    no_question: "Ich kann darin keine Frage finden.",
    two_stories: "Zwei Berichte passen; welchen meinst du?",
    ask: "Du könntest fragen:",
    // Not "Sprecher", which is a spokesperson too.
    inferred: "(Urheber erschlossen)",
    no_speaker: "Urheber nicht genannt",
    source: "Quelle:",
    no_author: "Die Datei zum Bericht nennt keinen Autor.",
    no_date: "Die Quelle gibt kein Veröffentlichungsdatum an.",
    greeting: "Hallo! Frag mich etwas zum Bericht; ich antworte mit Sätzen und Zitaten, die dokumentiert sind.",
    thanks: "Gern geschehen.",
    bot: "Ich bin onrecord, ein Bot ohne Sprachmodell: Ich schlage Fragen in einer Faktensammlung nach, die \
        redaktionell aus dem Artikel erstellt wurde, und sage es, wenn dort keine Antwort steht.",
    help: "Frag einfach in eigenen Worten. Ich antworte mit einem Satz samt Quelle und, wo es eines gibt, dem \
        wörtlichen Zitat, biete das Nächstliegende an oder sage, dass es nicht im Bericht steht.",
    capable: "Ich kann Fragen beantworten zu:",
    lacks_when: "Wann, steht nicht im Bericht. Darin steht:",
    lacks_who: "Wer, steht nicht im Bericht. Darin steht:",
    lacks_where: "Wo, steht nicht im Bericht. Darin steht:",
    lacks_how_many: "Wie viele oder wie viel, steht nicht im Bericht. Darin steht:",
    lacks_why: "Warum, steht nicht im Bericht. Darin steht:",
    written_by: "Der Artikel wurde von {} geschrieben.",
    published_on: "Der Artikel wurde am {} veröffentlicht.",
    from_source: "Das stammt aus {}.",
    as_of: "(Stand: {})",
    corrected_on: "Berichtigt am {}:",
    paragraph: "Absatz {}",
    headline: "Überschrift",
    byline: "Autorenzeile",
    // A box, a caption or a link.
    aside: "Beitext",
    according_to: "Laut {}",
    stated: "Laut Aussage",
    alleged: "Behauptet",
    alleged_by: "Behauptet von {}",
    denied: "Bestritten",
    denied_by: "Bestritten von {}",
    opinion: "Meinung",
    opinion_of: "Meinung von {}",
    relayed_by: "wiedergegeben von {}",
    no_quote: "Dazu gibt es keinen Wortlaut. Im Bericht steht aber:",
    no_such_quote: "Solche Zitate gibt es nicht.",
    some_of_list: "{} von {}:",
    more: "Sag „mehr“ für den Rest.",
    no_more: "Mehr steht dazu nicht im Bericht.",
    nothing_before: "Ich weiß nicht, worauf sich das bezieht; stell bitte eine vollständige Frage.",
    said_by: "Gesagt von {}.",
    claimed_by: "Das ist die Darstellung von {}.",
    claimed_as_relayed: "Das ist die Darstellung von {}, wiedergegeben von {}.",
    reported_by_article: "Das schreibt der Artikel selbst, ohne es jemandem zuzuschreiben.",
    beside_article: "Das steht auf der Seite neben dem Artikel, nicht darin.",
    alleged_only: "Das ist eine Behauptung, keine erwiesene Tatsache.",
    opinion_only: "Das ist eine Meinung.",
    denied_only: "Das wurde bestritten.",
    declined: "Ich beantworte nur Fragen zum Bericht, mit dem, was dokumentiert ist.",
    no_opinion: "Ich habe keine Meinung; hier ist, was dokumentiert ist.",
    other_half: "Zur anderen Frage steht nichts im Bericht.",
    other_language: "Die Sprache des Berichts ist {}; ich kann in deiner Frage nur nach Namen und Zahlen suchen.",
    people: "Im Bericht genannt:",
};

/// A message may be cut as an English one, where "im" becomes "i" and "geht's" becomes "geht": they stand here as both.
pub(super) const TALKS: Talks = &[
    (
        Talk::Thanks,
        "danke dank dankeschon dankesehr merci bedankt thx thanks",
        "vielen schon schonen sehr tausend lieben herzlichen dir fur die deine hilfe antwort antworten das war toll super gut prima klasse alles bot ja nein gerne",
    ),
    (
        Talk::Greeting,
        "hallo hi hey hallochen moin servus guten gruss gruezi tach huhu",
        "guten tag morgen abend gott dich dir bot onrecord zusammen alle allerseits ihr du da wie geht geht's gehts es so na",
    ),
    (
        Talk::Help,
        "hilfe hilf helfen befehle anleitung",
        "mir bitte ich brauche mal kannst konntest du eine die der den bot wie was gibt es fur mit zu zum",
    ),
    (
        Talk::Summary,
        "worum passiert geschehen geschah passierte vorgefallen handelt wovon",
        "was ist denn hier da eigentlich genau es geht geht's gehts i im in dem der die das dieser diesem diesen artikel bericht text meldung nachricht story geschichte alles uberhaupt von sich hallo",
    ),
    (
        Talk::People,
        "erwahnt genannt beteiligt vorkommen vor",
        "wer welche wird werden wurde wurden sind ist alle alles personen person leute menschen firmen unternehmen organisationen lander regierungen kommt kommen namen i im in dem der die das diesem artikel bericht text meldung story geschichte",
    ),
    (
        Talk::Capable,
        "beantworten antworten fragen frage weisst kannst themen auskennst auskunft",
        "was wozu woruber welche welchen fragen kann darf soll ich dich dir denn du alles uns zu uber geben stellen man hier eine habe hast bot der wissen was kennst mit tun machen gibt es",
    ),
    (
        Talk::Bot,
        "du dich dir bot onrecord",
        "bist ist das ein eine hier wer was denn hat gemacht gebaut programmiert entwickelt erschaffen echt echter mensch person maschine roboter ki ai llm chatgpt gpt der die wie funktionierst funktioniert machst geht geht's gehts es heisst oder von wem wurdest",
    ),
    (
        Talk::Summary,
        "zusammenfassung zusammenfassen zusammen uberblick kurzfassung kurzform tldr",
        "fass fasse fasst gib mir bitte mal eine einen die der den das dem des es in im i kurz kurze kurzen kannst konntest du alles artikel artikels bericht berichts text textes meldung nachricht story geschichte uber zum von fur uns",
    ),
    (
        Talk::Author,
        "autor autorin autoren verfasser verfasserin verfasst geschrieben schrieb journalist journalistin reporter reporterin",
        "wer hat ist war der die das den dem des dieser diesen diese dieses dies hier artikel artikels bericht berichts text textes meldung nachricht story geschichte beitrag von wem wurde wie heisst name sind eigentlich denn",
    ),
    (
        Talk::Published,
        "veroffentlicht veroffentlichung veroffentlichungsdatum erschienen erschien publiziert datum geschrieben verfasst",
        "wann wurde ist war der die das den dem des dieser diese dieses hier artikel artikels bericht berichts text textes meldung nachricht story geschichte beitrag welchem welches an am a tag von was hat fur ein eigentlich denn es",
    ),
    (
        Talk::Source,
        "quelle quellen woher link url stammt stammen herausgeber",
        "was wo wer wie welche welcher ist sind die der das deine deiner den dem dies dieser diese hier artikel bericht text meldung nachricht story geschichte informationen information infos info fakten angaben original kommt kommen aus hast du gib mir bitte mal nimmst weisst kann ich finde lesen heisst lautet fur von zum zu eigentlich denn",
    ),
];

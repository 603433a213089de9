//! What the bot says on Discord in German; `en` says what each phrase is for.

use super::Phrases;

pub(super) const DE: Phrases = Phrases {
    code: "de",
    too_long: "Die Antwort ist zu lang für eine Nachricht.",
    no_story: "Einen Bericht mit dieser Kennung habe ich nicht. Ich habe:",
    and_others: "und andere",
    left_out: "(Ausgelassen, weil eine Nachricht nicht mehr fasst: {}.)",
    one_quote: "ein Zitat",
    quotes: "Zitate",
    one_statement: "eine Aussage",
    statements: "Aussagen",
    and: "und",
    whose: "Wer hat das gesagt?",
    more: "Mehr",
    back: "Zurück",
    helpful: "Hilfreich",
    unhelpful: "Nicht hilfreich",
    wrong: "Das ist falsch",
    delete: "Löschen",
    counted: "Danke, das ist gezählt. Wer gedrückt hat, speichere ich nicht.",
    counted_already: "Das hast du schon gesagt; danke.",
    not_kept: "Das konnte ich gerade nicht speichern; bitte versuche es später noch einmal.",
    not_yours: "Das kann nur löschen, wer gefragt hat oder moderiert.",
    gone: "Wohin dieser Knopf führte, gibt es nicht mehr.",
    report_title: "Was ist falsch?",
    report_label: "In einem Satz, bitte ohne Namen",
    slow_down: "Einen Moment bitte: In {} s antworte ich wieder.",
    switched_off: "Auf diesem Server bin ich ausgeschaltet.",
    our_fault: "Bei mir ist etwas schiefgegangen; es steht im Protokoll. Bitte versuche es noch einmal.",
    about_message: "Zu [dieser Nachricht]({}):",
    empty_message: "In dieser Nachricht finde ich keinen Text.",
    choose_topic: "Wähle ein Thema",
    topics: "Worum es geht; wähle ein Thema, um alles zu lesen, was dazu belegt ist.",
    no_topics: "Die Dateien nennen keine Themen. Frage mit `/ask`.",
    items: "{} insgesamt",
    facts_and_quotes: "belegt: Aussagen {}, Zitate {}",
    help: "**Frag mich zum Bericht**; ich antworte mit einem belegten Satz und dem wörtlichen Zitat, wo es eines gibt, biete \
        das Nächstliegende an, oder sage, dass dazu nichts im Bericht steht. Nichts davon ist generiert.\n\
        - `/frag` mit einer Frage, oder erwähne mich, antworte mir, schreib mir direkt\n\
        - weiter mit „why?“, „who said that?“, „more“ (der Bericht ist englisch)\n\
        - `/zitat` wörtliche Zitate, nach Person oder Thema; `/themen` zum Stöbern; `/bericht` worum es geht\n\
        - an jeder Nachricht: *Apps* → *Beantworten*\n\
        - `/datenschutz` was gespeichert wird (fast nichts)\n\
        Beispiel: `/frag frage: {}`",
    privacy: "**Was ich speichere**\n\
        - Was du fragst, wird gelesen, beantwortet und vergessen. Die letzte Frage eines Gesprächs bleibt 15 Minuten im \
        Arbeitsspeicher, damit „why?“ geht.\n\
        - {}\n\
        - „Hilfreich“, „Nicht hilfreich“ und „Das ist falsch“ werden je Aussage gezählt, ohne wer gedrückt hat.\n\
        - {}\n\
        - Einstellungen eines Servers bleiben, bis er mich entfernt; dann wird alles von ihm gelöscht.\n\
        - Ich lerne nichts von selbst und gebe nichts weiter.",
    privacy_log: "In keinem Protokoll steht, was du schreibst.",
    privacy_log_text: "Wer diesen Bot betreibt, lässt derzeit ins Protokoll schreiben, was du mich fragst.",
    privacy_kept: "Dieser Server lässt mich Fragen speichern, die ich nicht oder schlecht beantwortet habe, und was bei „Das ist falsch“ als \
        Grund angegeben wird, damit es ergänzt werden kann: in Kleinbuchstaben, mit ähnlichen zusammengelegt, ohne Erwähnungen, Adressen und \
        lange Zahlen, ohne wer es schrieb, {} Tage lang, nachdem zuletzt danach gefragt wurde. Bitte schreib keine Namen. Wer den Server \
        verwaltet und wer diesen Bot betreibt, kann sie lesen.",
    privacy_not_kept: "Fragen werden hier nicht gespeichert. Ein Server kann die speichern lassen, die ich nicht beantworten konnte; dann steht \
        es hier.",
    needs_manage: "Das ist für Mitglieder, die den Server verwalten dürfen.",
    needs_server: "Das geht nur auf einem Server.",
    owners_only: "Das ist für die Leute, die diesen Bot betreiben.",
    no_gaps: "Keine offene Frage: Alles, was hier gefragt wurde, ist beantwortet, oder es wurde nichts gefragt.",
    gaps_off: "Unbeantwortete Fragen werden auf diesem Server nicht gespeichert. Schalte es mit `/fakten einstellungen sammeln: True` ein.",
    gaps: "**Hier gefragt und nicht beantwortet, oder schlecht bewertet** (häufigste zuerst)",
    nearest: "am nächsten: {}",
    settings: "**Einstellungen dieses Servers**",
    saved: "**Gespeichert. Einstellungen dieses Servers**",
    on: "an",
    off: "aus",
    dry_run: "Probelauf (protokolliert nur, was er sagen würde)",
    everywhere: "jedem Kanal",
    all_stories: "alle",
    askers_language: "die der Fragenden",
    answers: "antwortet",
    answers_in: "antwortet in",
    stories: "Berichte",
    language: "Sprache",
    answer_at: "antwortet ab Sicherheit",
    nearest_at: "bietet das Nächstliegende ab Sicherheit",
    usual: "wie konfiguriert",
    as_the_server: "wie auf dem Server",
    days: "{} Tage lang",
    some_of: "(Die ersten {} von {}.)",
    passive: "passiv",
    collects: "speichert unbeantwortete Fragen",
    passive_needs_intent: "Mitlesen braucht den privilegierten Intent Message Content, die dieser Bot nicht verlangt; wer ihn \
        betreibt, kann `discord.message_content = true` setzen.",
    needs_channel: "`kanal` gehört zu `erlauben`, `passiv` oder `bericht`: Die gelten für einen Kanal.",
    unordered: "`nächstes_ab` darf nicht über `antwort_ab` liegen.",
    reloaded: "Neu geladen. Berichte: {}; Aussagen und Zitate: {}.",
    not_reloaded: "Nicht neu geladen, die alten Berichte antworten weiter:",
    not_loaded: "Beim Start ausgelassen, wegen dieser Fehler:",
};

//! What the bot says on Discord in Spanish; `en` says what each phrase is for.

use super::Phrases;

pub(super) const ES: Phrases = Phrases {
    code: "es",
    too_long: "La respuesta es demasiado larga para un solo mensaje.",
    no_story: "No tengo ninguna noticia con ese identificador. Tengo:",
    and_others: "y otros",
    left_out: "(Omitido, porque no cabe más en un mensaje: {}.)",
    one_quote: "una cita",
    quotes: "citas",
    one_statement: "una afirmación",
    statements: "afirmaciones",
    and: "y",
    whose: "¿Quién lo dijo?",
    more: "Más",
    back: "Atrás",
    helpful: "Útil",
    unhelpful: "No es útil",
    wrong: "Esto es incorrecto",
    delete: "Borrar",
    counted: "Gracias, queda contado. No se guarda quién pulsó.",
    counted_already: "Ya lo habías dicho; gracias.",
    not_kept: "No he podido guardarlo ahora; inténtalo más tarde, por favor.",
    not_yours: "Solo puede borrarlo quien preguntó o quien modera.",
    gone: "Aquello a lo que llevaba este botón ya no consta.",
    report_title: "¿Qué es incorrecto?",
    report_label: "En una frase, sin nombres, por favor",
    slow_down: "Un momento, por favor: vuelvo a responder en {} s.",
    switched_off: "En este servidor estoy desactivado.",
    our_fault: "Algo ha fallado por mi parte; está en mi registro. Inténtalo de nuevo, por favor.",
    about_message: "Sobre [este mensaje]({}):",
    empty_message: "No encuentro ningún texto en ese mensaje.",
    choose_topic: "Elige un tema",
    topics: "De qué trata la noticia; elige un tema para leer todo lo que consta sobre él.",
    no_topics: "Los ficheros no nombran temas. Pregunta con `/ask`.",
    items: "{} en total",
    facts_and_quotes: "consta: afirmaciones {}, citas {}",
    help: "**Pregúntame por la noticia**; respondo con una frase con fuente y la cita literal si la hay, ofrezco lo más \
        cercano que tengo, o digo que la noticia no lo dice. No genero nada.\n\
        - `/preguntar` con una pregunta, o menciona al bot, respóndele o escríbele un mensaje directo\n\
        - sigue con «why?», «who said that?», «more» (la noticia está en inglés)\n\
        - `/cita` citas literales, por persona o asunto; `/temas` para explorar; `/noticia` de qué trata\n\
        - en cualquier mensaje: *Apps* → *Responder*\n\
        - `/privacidad` qué se guarda (casi nada)\n\
        Ejemplo: `/preguntar pregunta: {}`",
    privacy: "**Qué guardo**\n\
        - Lo que preguntas se lee, se responde y se olvida. La última pregunta de una conversación queda 15 minutos en memoria \
        para que «why?» funcione.\n\
        - {}\n\
        - «Útil», «No es útil» y «Esto es incorrecto» se cuentan por afirmación, sin quién pulsó.\n\
        - {}\n\
        - Los ajustes de un servidor se guardan hasta que me expulsa; entonces se borra todo lo suyo.\n\
        - No aprendo nada por mi cuenta ni paso nada a nadie.",
    privacy_log: "En ningún registro está lo que escribes.",
    privacy_log_text: "Por ahora, quien mantiene este bot hace anotar en su registro lo que me preguntas.",
    privacy_kept: "Este servidor me permite guardar las preguntas que no supe responder o respondí mal, y lo que se indica como motivo en \
        «Esto es incorrecto», para poder corregirlas: en minúsculas, unidas a otras parecidas, sin menciones, direcciones ni números \
        largos, sin quién las escribió, durante {} días desde la última vez que se hicieron. Por favor, no escribas nombres. Pueden \
        leerlas quienes gestionan el servidor y quien mantiene este bot.",
    privacy_not_kept: "Aquí no se guardan preguntas. Un servidor puede hacer que se guarden las que no supe responder; entonces este texto lo \
        dice.",
    needs_manage: "Esto es para quienes pueden gestionar el servidor.",
    needs_server: "Esto solo funciona en un servidor.",
    owners_only: "Esto es para quienes mantienen este bot.",
    no_gaps: "Ninguna pregunta abierta: todo lo que se preguntó aquí tuvo respuesta, o no se ha preguntado nada.",
    gaps_off: "En este servidor no se guardan las preguntas sin respuesta. Actívalo con `/hechos ajustes recoger: True`.",
    gaps: "**Preguntado aquí y sin respuesta, o mal valorado** (lo más preguntado primero)",
    nearest: "lo más cercano: {}",
    settings: "**Ajustes de este servidor**",
    saved: "**Guardado. Ajustes de este servidor**",
    on: "sí",
    off: "no",
    dry_run: "ensayo (solo registra lo que diría)",
    everywhere: "todos los canales",
    all_stories: "todas",
    askers_language: "el de quien pregunta",
    answers: "responde",
    answers_in: "responde en",
    stories: "noticias",
    language: "idioma",
    answer_at: "responde desde la confianza",
    nearest_at: "ofrece lo más cercano desde la confianza",
    usual: "según la configuración",
    as_the_server: "como en el servidor",
    days: "durante {} días",
    some_of: "(Las primeras {} de {}.)",
    passive: "pasivo",
    collects: "guarda preguntas sin respuesta",
    passive_needs_intent: "Escuchar necesita el intent privilegiado Message Content, que este bot no pide; quien lo mantiene puede \
        poner `discord.message_content = true`.",
    needs_channel: "`canal` va con `permitir`, `pasivo` o `noticia`: esos valen para un solo canal.",
    unordered: "`cercano_desde` no puede ser mayor que `responder_desde`.",
    reloaded: "Recargado. Noticias: {}; afirmaciones y citas: {}.",
    not_reloaded: "No recargado, las noticias anteriores siguen respondiendo:",
    not_loaded: "Omitidas al inicio, por estos errores:",
};

//! Words that carry no content, per language, folded as `fold` folds them.
//!
//! The lists are short on purpose: articles, pronouns, auxiliaries, prepositions, question words and, for English,
//! what people put around a question in a chat. A content word that is merely frequent is the index's business.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::LetterSet;

/// Primary subtag, words.
const STOP: &[(&str, &[&str])] = &[
    ("en", &[EN, EN_CONTRACTED, EN_CHAT]),
    ("de", &[DE]),
    ("es", &[ES]),
    ("fr", &[FR]),
    ("it", &[IT]),
    ("nl", &[NL]),
    ("pt", &[PT]),
    ("sv", &[SV]),
    ("da", &[DA]),
    ("no", &[NO]),
    ("fi", &[FI]),
    ("hu", &[HU]),
    ("ro", &[RO]),
    ("ru", &[RU]),
    ("tr", &[TR]),
    ("el", &[EL]),
    ("ar", &[AR]),
    ("ta", &[TA]),
];

const EN: &str = "a about after again all already also although always am among an and any anybody anyone anything \
    are as at be because been before being both but by can cannot could did do does doing done down during each \
    either else even ever every everybody everyone everything few for from further get gets getting got had has have \
    having he her here hers herself him himself his how however i if in into is it its itself just least less let \
    many may me might mine more most much must my myself neither no nobody none nor not nothing now of off often on \
    only onto or other others our ours ourselves out over own per perhaps quite rather really same shall she should \
    since so some somebody someone something still such than that the their theirs them themselves then there these \
    they this those though through thus to too toward towards under until up upon very via was we were what whatever \
    when where whereas whether which while who whom whose why will with within without would yes yet you your yours \
    yourself";

const EN_CONTRACTED: &str = "ain't aren't can't couldn't didn't doesn't don't hadn't hasn't haven't he'd he'll i'd \
    i'll i'm i've isn't it'd it'll mightn't mustn't needn't shan't she'd she'll shouldn't that'd that'll there'd \
    they'd they'll they're they've wasn't we'd we'll we're we've weren't won't wouldn't you'd you'll you're you've \
    who'd who'll who've how'd arent cant couldnt didnt doesnt dont hadnt hasnt havent im ive isnt shouldnt thats \
    theres theyre theyve wasnt werent whats whens wheres whos whys hows wont wouldnt youre";

/// What surrounds a question in a chat, and how its small words are typed there.
const EN_CHAT: &str = "actually anyways basically bot btw bro bruh could've cuz curious dude ello exactly explain fyi \
    gimme gonna guess guys ha haha hello hey hi hiya hmm idk imo kinda know knows like lmao lol mate maybe mean n nah \
    ok okay omg pls please plz ppl r remind somehow sorry tbh tell thanks thanx thing things thx u um uh ur \
    wanna wat wats wht wonder wondering wot wut y ya yall yeah yep yo yup ain aint anyhow apparently basicly bc bout cos coz \
    def dis dunno em fam fr gd gotta heck heya hii honestly huh ig ight iirc ikr jk kk legit lemme literally lmk lolol luv \
    msg nvm obv obviously omfg omw oof probably prob probs rlly rly rn shit sis smh soz srs srsly sry sup tf tho thru til \
    tryna ty wassup welp whatsup wtf yea yh yikes yknow";

const DE: &str = "aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist bitte da dabei \
    damit dann das dass dein deine dem den denn der des dich die dies diese diesem diesen dieser dieses dir doch dort \
    du durch ein eine einem einen einer eines er es etwas euch euer fur gegen gibt habe haben hallo hat hatte hatten \
    hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in indem ins ist ja jede jedem jeden jeder jedes jetzt \
    kann kannst kein keine keinem keinen keiner konnen konnte man mehr mein meine mich mir mit muss nach nicht nichts \
    noch nun nur ob oder ohne sein seine seinem seinen seiner seit sich sie sind so solche soll sollte sondern uber um \
    und uns unser unter viel vom von vor wann war waren warum was weil welche welchem welchen welcher welches wem wen \
    wenn wer werden wessen wie worum wovon woher dazu darum wurdest wieso wird wirst wo wohin worden wurde wurden zu zum zur zwischen";
const ES: &str = "a al algo algun alguna alguno ante antes aqui asi aunque bajo cada como con contra cual cuales cuando \
    cuanto cuanta cuantos cuantas de del desde donde dos e el ella ellas ellos en entre era eran es esa esas ese eso \
    esos esta estaba estan estar estas este esto estos fue fueron ha haber habia han hasta hay hola la las le les lo \
    los mas me mi mis mucho muchos muy nada ni no nos nosotros o os otra otro otros para pero poco por porque que quien \
    quienes se sea ser si sido sin sobre son soy su sus tambien tanto te tiene tienen todo todos tu tus un una uno unos \
    y ya yo favor dijo dice";
const FR: &str = "a ai as au aucun aussi aux avait avec avoir c'est ce cela ces cet cette chez comme comment d dans de des \
    donc dont du elle elles en encore est est-ce et etaient etait etant etre eu eux fait fut il ils j je l la le les leur \
    leurs lui m ma mais me meme mes moi mon n ne ni nos notre nous on ont ou par pas peut plus pour pourquoi qu quand que \
    quel quelle quelles quels qui quoi s sa sans se sera ses si sois son sont sous sur t ta te tes toi ton tous tout toute \
    toutes tres tu un une vos votre vous y combien bonjour svp";
const IT: &str = "a ad agli ai al alla alle allo anche ancora c che chi ci ciao col come con cosa cui da dagli dai dal dalla \
    dalle degli dei del della delle dello di dove e ed era erano essere fra gli ha hai hanno ho i il in io l la le lei li \
    lo loro lui ma mi mia mio molto ne negli nei nel nella nelle no noi non nostro o per perche piu poi puo qual quale \
    quali quando quanta quante quanti quanto quella quelle quelli quello questa queste questi questo se sei si sia siamo \
    sono sta stata stati stato su sua sue sugli sui sul sulla suo suoi ti tra tu tuo un una uno vi voi";
const NL: &str = "aan al alles als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een eens en er \
    ge geen geweest haar had heb hebben heeft hem het hier hij hoe hoeveel hun iemand iets ik in is ja je kan kon kunnen \
    maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat onder ons ook op over reeds te tegen toch toen \
    tot u uit uw van veel voor waar waarom wanneer want waren was wat welke wel werd wezen wie wil worden wordt zal ze zelf \
    zich zij zijn zo zonder zou";
const PT: &str = "a ao aos aquela aquele aquilo as ate com como cual da das de dela dele deles depois do dos e ela elas ele \
    eles em entre era eram essa esse esta estao estar estava este eu foi foram ha isso isto ja la lhe mais mas me mesmo meu \
    minha muito na nao nas nem no nos nossa nosso num numa o ola onde os ou para pela pelas pelo pelos por porque qual quais \
    quando quanto quantos que quem sao se seja sem ser seu seus so sua suas tambem te tem tinha tu um uma voce";
const SV: &str = "alla allt att av blev bli blir da de dem den denna deras dess det detta dig din du dar efter ej eller en er \
    ett fran for ha hade han hans har hej henne hon honom hur har i icke ingen inom inte jag ju kan kunde man med mellan men \
    mig min mot mycket nar nagon nagot nu och om oss pa sa sedan sig sin ska skulle som till under upp ut utan vad var varfor \
    vara vem vi vid vilka vilken vilket var";
const DA: &str = "af alle alt at blev blive bliver da de dem den denne der deres det dette dig din dog du efter eller en end er \
    et for fra ham han hans har havde hej hende her hos hun hvad hvem hvilke hvilken hvis hvor hvordan hvorfor hvornar i ikke \
    ind jeg jo kan man mange med meget men mig min mod nar ned noget nogle nu og om op os over pa sadan sig sin skal skulle \
    som til ud under var vi vil ville vaere";
const NO: &str = "alle at av bare ble blir da de dem den denne der deres det dette din du eg ei eller en enn er et etter for fra \
    ha hadde han hans har hei henne her hos hun hva hvem hvilke hvilken hvor hvordan hvorfor hvis i ikke ja jeg kan man mange \
    med meg mellom men mer min mot nar ned noe noen nar og oss over opp pa sa seg sin skal skulle som til ut var ved vi vil \
    vaere";
const FI: &str = "ei eivat etta han han he hei hanen ja joka jos jotka joku jonka kanssa kuin kuinka kuka ketka koska kun me mika \
    mita miksi milloin missa mitka mista minka minun mina mukaan mutta myos ne niin nyt oli olla ollut on ovat se sen siella \
    silla sina sita tai tama taman tassa te tuo vai vain voi";
const HU: &str = "a abban ahhoz ahogy aki akik amely ami az azok azon azt be csak de e eddig egy ehhez el en ennek es ez ezek ezt \
    ha hany hogy hol honnan hova igen is itt ki kik ki le lehet lesz lett ma maga majd meg mely mert mi mikor milyen mint mit \
    miert most nagyon nem nincs ok on ot s sem szia te van vagy vannak volt voltak";
const RO: &str = "a acea aceasta aceea acest aceste acesti acolo ai al ale am ar are as asa asta au avea ca cand care cat cate cati \
    ce cel cele cei ceea cine cu cum da dar de deci decat din dintre doar dupa e ea ei el ele era este eu fara fi fie fost ii \
    in intre isi la le lor lui mai mea meu mi mult nici nu o ori pe pentru prin sa sai sau se si sunt tu un una unde unei unor \
    unui va";
const RU: &str = "а без более бы был была были было быть в вам вас весь во вот все всё всего всех вы где да даже для до его ее её если \
    есть еще ещё же за здесь и из или им их к как какая какие какой ко когда кого кто куда ли меня мне много может мой мы на над \
    не него нее неё нет ни них но ну о об он она они оно от откуда очень по под почему при про с сам сколько со так также такой \
    там тебя тем то тоже только том тот ты у уже хотя чего чей чем что чтобы эта эти это этого этой этом этот я привет";
const TR: &str = "acaba ama bana bazi ben beni benim bir biraz biri biz bizim bu bunlar bunu cok cunku da daha de defa degil diye en gibi \
    hangi hem hep hepsi her hic icin ile ise kac kadar ki kim kime kimi mi mu nasil ne neden nerede nereye nicin niye o olan \
    olarak oldu on onlar onu sen siz sanki sey su tum var ve veya ya yani ne zaman";
const EL: &str = "αλλα αν αντι απο αρα αυτα αυτες αυτη αυτο αυτοι αυτος αυτων για γιατι δε δεν εαν εγω ειμαι ειναι εκει εκεινο ενω επι εσυ \
    η ηταν θα ισως κ και κατα κι μα με μετα μη μην να ο οι ομως οπως οσο οτι ποια ποιες ποιο ποιος ποιοι ποσα ποσο ποτε που προς πως \
    σε στη στην στο στον στις στα τα την της τι τις το τοι τον του τους των ως";
const AR: &str = "في من على إلى الى عن مع هذا هذه ذلك تلك التي الذي الذين هو هي هم هن نحن أنا انا أنت انت ما ماذا لماذا متى أين اين كيف كم هل \
    أو او و ثم لا لم لن ليس كان كانت يكون قد كل بعض أن ان إن لكن بين عند بعد قبل حتى منذ أي اي";
const TA: &str = "ஒரு என்று மற்றும் இந்த இது என்ன என் அது அவர் அவர்கள் நான் நீ நாம் யார் எங்கே எப்போது ஏன் எப்படி எத்தனை எவ்வளவு உள்ள \
    ஆனால் அந்த இருந்து மேலும் தான் பற்றி வேண்டும்";

/// The folded words that carry no content in the language `code`; None where it has no list.
pub(super) fn of(code: &str) -> Option<&'static FxHashSet<&'static str>> {
    SETS.get(code)
}

/// The languages that have a list.
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    STOP.iter().map(|(code, _)| *code)
}

/// The lists for looking a word up: asked for every word of every fact and question.
static SETS: LazyLock<FxHashMap<&'static str, FxHashSet<&'static str>>> = LazyLock::new(|| {
    let set = |lists: &[&'static str]| lists.iter().flat_map(|list| list.split_ascii_whitespace()).collect();
    STOP.iter().map(|(code, lists)| (*code, set(lists))).collect()
});

/// The same lists in their order, with the letters of each word.
static LETTERS: LazyLock<FxHashMap<&'static str, Vec<(&'static str, LetterSet)>>> = LazyLock::new(|| {
    let words = |lists: &[&'static str]| {
        let words = lists.iter().flat_map(|list| list.split_ascii_whitespace());
        words.map(|word| (word, LetterSet::of(word))).collect()
    };
    STOP.iter().map(|(code, lists)| (*code, words(lists))).collect()
});

/// The stop word that `folded` is most likely a slip of: its letters in another order, or one edit away with the same
/// first letter. Shorter than four letters only the order may differ: "cup" is not "yup".
pub(super) fn slip_of(code: &str, folded: &str) -> Option<&'static str> {
    let length = folded.chars().count();
    if length < 3 {
        return None;
    }
    let own = LetterSet::of(folded);
    let words = LETTERS.get(code).into_iter().flatten();
    // A letter is one byte of plain letters, at most four of others.
    let apart = if folded.is_ascii() { 1 } else { 4 };
    let may_be =
        |(w, letters): &&(&str, LetterSet)| letters.may_be_within(1, own) && w.len().abs_diff(folded.len()) <= apart;
    let close = words.filter(may_be).map(|(w, _)| *w).filter(|w| strsim::osa_distance(w, folded) == 1);
    let is_swap = |w: &&str| sum(w) == sum(folded);
    let same_start = |w: &&str| w.chars().next() == folded.chars().next();
    let near = close.filter(|w| is_swap(w) || (length > 3 && w.len() > 2 && same_start(w)));
    near.max_by_key(|w| (is_swap(w), w.len()))
}

/// The stop word whose letters `folded` has with two of them swapped.
pub(super) fn swap_of(code: &str, folded: &str) -> Option<&'static str> {
    slip_of(code, folded).filter(|word| word.len() == folded.len() && sum(word) == sum(folded))
}

/// Of two words one edit apart only a swap leaves the sum of their letters as it is.
fn sum(word: &str) -> u32 {
    word.chars().map(u32::from).sum()
}

#[cfg(test)]
mod tests {
    use super::{STOP, of, slip_of};
    use crate::text::{Language, fold};

    #[test]
    fn every_stemmed_language_has_folded_stop_words() {
        for code in Language::stemmed_codes() {
            let (_, lists) =
                STOP.iter().find(|(c, _)| *c == code).unwrap_or_else(|| panic!("no stop words for {code}"));
            for word in lists.iter().flat_map(|list| list.split_whitespace()) {
                assert_eq!(fold(word), word, "{code}: stop words are looked up folded");
            }
        }
    }

    #[test]
    fn slips() {
        let rows = [
            ("teh", Some("the")),
            ("waht", Some("what")),
            ("wehn", Some("when")),
            ("whcih", Some("which")),
            ("adn", Some("and")),
            ("te", None),
            ("cup", None),
            ("toronto", None),
        ];
        for (typed, want) in rows {
            assert_eq!(slip_of("en", typed), want, "{typed}");
        }
    }

    #[test]
    fn small_words_and_content_words() {
        let rows = [
            ("en", "the", true),
            ("en", "ban", false),
            ("en", "whats", true),
            ("de", "der", true),
            ("xx", "the", false),
        ];
        for (code, word, want) in rows {
            assert_eq!(of(code).is_some_and(|set| set.contains(word)), want, "{code} {word}");
        }
    }
}

use super::{
    super::token::{Token, TokenKind},
    keyword::Keyword,
};

/// Follows a statement to tell whether a `;` separates here or belongs to the body of a stored program.
///
/// Where the file sets a delimiter, that ends such a program, and the `;` all others: none of these holds one. Where
/// it sets none, as files for drivers do, the blocks are counted. `BEGIN`, `END`, `IF`, `REPEAT` and more are no
/// reserved words or are functions as well, so they open and close blocks only where a statement may begin.
#[derive(Default)]
pub(super) struct Compound {
    stage: Stage,
    blocks: Vec<Block>,
    /// Whether a statement may begin here.
    at_start: bool,
    /// How many parentheses are open in a head.
    parentheses: usize,
    last: Last,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    /// Before the first word.
    #[default]
    First,
    /// Behind `CREATE` or `ALTER`, before the word that says what.
    Create,
    /// Behind `BEGIN`, and then behind `BEGIN NOT`.
    Begin,
    BeginNot,
    /// Any statement that holds no other.
    Plain,
    /// In the head of a trigger, which has words of statements of its own up to `ROW`; of an event, up to `DO`.
    TriggerHead,
    EventHead,
    /// Behind `DECLARE`, where `HANDLER` may follow, and then its head up to `FOR`.
    Declare,
    HandlerHead,
    /// In a head, where the next word that begins a statement begins the body.
    Head,
    /// In a body.
    Body,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    /// `BEGIN`, `IF`, `LOOP`: up to an `END` that stands where a statement may begin.
    Plain,
    /// `IF` has `THEN` and `ELSE`, with statements behind them.
    If,
    /// `WHILE` and `FOR` have one `DO`.
    While,
    /// `REPEAT` has an expression between `UNTIL` and `END`.
    Repeat,
    Until,
    /// The statement, with statements behind `THEN` and `ELSE`, and the expression, with expressions there.
    CaseStatement,
    CaseExpression,
}

/// The last token, as far as it decides what the next one means.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    /// A mark behind which an operand has to follow.
    #[default]
    Operator,
    /// `.` or `@`, behind which any word is a name.
    Naming,
    /// A name, a string, a closing parenthesis.
    Operand,
    /// A name that a statement begins with: perhaps a label.
    Opening,
    Word(Keyword),
}

impl Compound {
    /// Takes notice of a token, and tells whether the statement goes on behind it if it is a `;`. `delimited` tells
    /// whether a delimiter is set.
    pub(super) fn take(&mut self, token: Token<'_>, delimited: bool) -> bool {
        if self.stage == Stage::Plain {
            return false;
        }
        match token.kind {
            TokenKind::Executable | TokenKind::Delimiter => {}
            TokenKind::Name | TokenKind::String => self.take_operand(),
            TokenKind::Word if self.last == Last::Naming => self.take_operand(),
            TokenKind::Word => {
                let word = Keyword::of(token.text);
                let opens = self.at_start && word == Keyword::Other;
                self.take_word(word);
                self.last = if opens { Last::Opening } else { Last::Word(word) };
            }
            TokenKind::Mark => self.take_mark(token.text),
        }
        self.stage.has_body() && (delimited || !self.blocks.is_empty())
    }

    /// The block that is open innermost.
    fn block(&self) -> Option<Block> {
        self.blocks.last().copied()
    }

    fn replace_block(&mut self, block: Block) {
        if let Some(last) = self.blocks.last_mut() {
            *last = block;
        }
    }

    fn take_operand(&mut self) {
        self.last = if std::mem::take(&mut self.at_start) { Last::Opening } else { Last::Operand };
    }

    fn take_mark(&mut self, mark: &str) {
        self.at_start = mark == ":" && self.last == Last::Opening;
        self.last = match mark {
            "." | "@" => Last::Naming,
            ")" => Last::Operand,
            _ => Last::Operator,
        };
        match mark {
            "(" => self.parentheses += 1,
            ")" => self.parentheses = self.parentheses.saturating_sub(1),
            ";" => self.end_statement(),
            _ => {}
        }
    }

    fn end_statement(&mut self) {
        if self.blocks.is_empty() {
            return;
        }
        self.stage = Stage::Body;
        self.at_start = true;
        self.parentheses = 0;
        if self.block() == Some(Block::CaseExpression) {
            // No expression holds a `;`.
            self.replace_block(Block::CaseStatement);
        }
    }

    fn take_word(&mut self, word: Keyword) {
        match self.stage {
            Stage::First => self.take_first(word),
            Stage::Create => self.take_created(word),
            Stage::Begin => self.stage = if word == Keyword::Not { Stage::BeginNot } else { Stage::Plain },
            Stage::BeginNot if word == Keyword::Atomic => self.take_start(Keyword::Begin),
            Stage::BeginNot => self.stage = Stage::Plain,
            Stage::TriggerHead if word == Keyword::Row => self.stage = Stage::Head,
            Stage::EventHead if word == Keyword::Do => {
                self.stage = Stage::Body;
                self.at_start = true;
            }
            Stage::Declare if word == Keyword::Handler && self.last != Last::Word(Keyword::Declare) => {
                self.stage = Stage::HandlerHead;
            }
            Stage::HandlerHead if word == Keyword::For => self.stage = Stage::Head,
            Stage::Head => self.take_in_head(word),
            Stage::Body if self.at_start => self.take_start(word),
            Stage::Body => self.take_in_body(word),
            Stage::Plain | Stage::TriggerHead | Stage::EventHead | Stage::Declare | Stage::HandlerHead => {}
        }
    }

    fn take_first(&mut self, word: Keyword) {
        match word {
            Keyword::Create | Keyword::Alter => self.stage = Stage::Create,
            Keyword::Begin => self.stage = Stage::Begin,
            _ if word.opens_block() => self.take_start(word),
            _ => self.stage = Stage::Plain,
        }
    }

    fn take_created(&mut self, word: Keyword) {
        if self.last == Last::Operator {
            // The user of `DEFINER = user`.
            return;
        }
        self.stage = match word {
            Keyword::Or | Keyword::Replace | Keyword::Aggregate | Keyword::Definer => Stage::Create,
            Keyword::Trigger => Stage::TriggerHead,
            Keyword::Event => Stage::EventHead,
            Keyword::Routine | Keyword::Package => Stage::Head,
            _ => Stage::Plain,
        };
    }

    fn take_in_head(&mut self, word: Keyword) {
        let is_name = self.parentheses > 0 || self.last == Last::Word(Keyword::Routine);
        let is_type = word == Keyword::Set && self.last == Last::Word(Keyword::BeforeSet);
        if is_name || is_type {
            return;
        }
        if word.opens_block() {
            self.take_start(word);
        } else if word.begins_statement() {
            self.stage = Stage::Body;
        }
    }

    /// A word where a statement begins.
    fn take_start(&mut self, word: Keyword) {
        self.stage = Stage::Body;
        self.at_start = matches!(word, Keyword::Begin | Keyword::Loop | Keyword::Repeat | Keyword::Else);
        match word {
            Keyword::Begin | Keyword::Loop => self.blocks.push(Block::Plain),
            Keyword::If => self.blocks.push(Block::If),
            Keyword::Case => self.blocks.push(Block::CaseStatement),
            Keyword::Repeat => self.blocks.push(Block::Repeat),
            Keyword::While | Keyword::For => self.blocks.push(Block::While),
            Keyword::Until => self.replace_block(Block::Until),
            Keyword::Declare => self.stage = Stage::Declare,
            Keyword::End => drop(self.blocks.pop()),
            _ => {}
        }
    }

    /// A word inside a statement.
    fn take_in_body(&mut self, word: Keyword) {
        let block = self.block();
        match word {
            Keyword::Case if self.last != Last::Word(Keyword::End) => self.blocks.push(Block::CaseExpression),
            Keyword::End if block.is_some_and(Block::ends_with_operand) && self.last.is_operand() => {
                self.blocks.pop();
            }
            Keyword::Then | Keyword::Else => {
                self.at_start = matches!(block, Some(Block::If | Block::CaseStatement));
            }
            Keyword::Do if block == Some(Block::While) => {
                self.at_start = true;
                self.replace_block(Block::Plain);
            }
            _ => {}
        }
    }
}

impl Stage {
    /// Whether the statement may hold others.
    const fn has_body(self) -> bool {
        !matches!(self, Self::First | Self::Create | Self::Begin | Self::BeginNot | Self::Plain)
    }
}

impl Block {
    /// Whether an expression may stand directly before its `END`.
    const fn ends_with_operand(self) -> bool {
        matches!(self, Self::CaseExpression | Self::CaseStatement | Self::Until)
    }
}

impl Last {
    /// Whether an expression may end with it.
    const fn is_operand(self) -> bool {
        match self {
            Self::Operand | Self::Opening => true,
            Self::Word(word) => !word.wants_operand(),
            Self::Operator | Self::Naming => false,
        }
    }
}

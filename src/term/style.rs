use anstyle::{AnsiColor, Style};

/// What a piece of text is for, which decides its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A heading of a table.
    Heading,
    /// The name of something.
    Name,
    /// What is less important.
    Dim,
    /// What is fine.
    Good,
    /// What needs attention.
    Warning,
    /// What is wrong.
    Bad,
    /// What is added.
    Added,
    /// What is removed.
    Removed,
}

impl Role {
    /// The style of such text.
    pub(super) fn style(self) -> Style {
        match self {
            Self::Heading => Style::new().bold(),
            Self::Name => AnsiColor::Cyan.on_default(),
            Self::Dim => Style::new().dimmed(),
            Self::Good | Self::Added => AnsiColor::Green.on_default(),
            Self::Warning => AnsiColor::Yellow.on_default(),
            Self::Bad => AnsiColor::Red.on_default().bold(),
            Self::Removed => AnsiColor::Red.on_default(),
        }
    }
}

/// Styles text, or leaves it plain.
#[derive(Clone, Copy, Debug)]
pub struct Painter {
    /// Whether to use color.
    pub color: bool,
}

impl Painter {
    /// `text` in the style of `role`.
    #[must_use]
    pub fn paint(self, role: Role, text: &str) -> String {
        if !self.color || text.is_empty() {
            return text.to_owned();
        }
        let style = role.style();
        format!("{style}{text}{style:#}")
    }
}

use std::ffi::OsStr;
use std::io::{self, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

/// A running git that answers one question after another, such as `git cat-file --batch`.
#[derive(Debug)]
pub struct GitDialogue {
    git: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl GitDialogue {
    /// Starts git in `folder` with `words`.
    ///
    /// # Errors
    /// There is no git.
    pub fn begin<S: AsRef<OsStr>>(folder: &Path, words: &[S]) -> io::Result<Self> {
        let mut command = super::command(folder);
        let command = command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut git = command.spawn()?;
        let (questions, answers) = (git.stdin.take(), git.stdout.take());
        Ok(Self { git, questions, answers: BufReader::new(answers.ok_or(io::ErrorKind::BrokenPipe)?) })
    }

    /// Sends `question`, a single line. The whole answer must be read from the returned reader.
    ///
    /// # Errors
    /// Git has exited.
    pub fn ask(&mut self, question: &str) -> io::Result<&mut BufReader<ChildStdout>> {
        let questions = self.questions.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        writeln!(questions, "{question}")?;
        questions.flush()?;
        Ok(&mut self.answers)
    }
}

impl Drop for GitDialogue {
    fn drop(&mut self) {
        self.questions = None;
        let _ = self.git.wait();
    }
}

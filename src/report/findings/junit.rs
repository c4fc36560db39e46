use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::CheckedFile;
use crate::lint::Severity;

/// JUnit XML: a suite for each file, with a case for each finding, or one that passed if there are none. Findings of at
/// least `fail_on` fail; the others are skipped, which services show without failing.
#[must_use]
pub fn junit(files: &[CheckedFile], fail_on: Severity) -> String {
    let mut report = Report::new("envtool validate");
    for file in files {
        let mut suite = TestSuite::new(file.path.as_str());
        if file.findings.is_empty() {
            suite.add_test_case(TestCase::new("validate", TestCaseStatus::success()));
        }
        for finding in &file.findings {
            let mut status = if finding.severity >= fail_on {
                TestCaseStatus::non_success(NonSuccessKind::Failure)
            } else {
                TestCaseStatus::skipped()
            };
            let place = format!("{}:{}:{}", file.path, finding.start.line, finding.start.column);
            status.set_message(finding.message.as_str()).set_type(finding.severity.name());
            // The message has an attribute of its own.
            let details: Vec<_> =
                std::iter::once(&*place).chain(finding.texts().into_iter().skip(1)).collect();
            status.set_description(details.join("\n"));
            let name = format!("{} {}:{}", finding.rule.id, finding.start.line, finding.start.column);
            let mut case = TestCase::new(name, status);
            case.set_classname(file.path.as_str());
            suite.add_test_case(case);
        }
        report.add_test_suite(suite);
    }
    report.to_string().unwrap_or_default().trim_end().to_owned()
}

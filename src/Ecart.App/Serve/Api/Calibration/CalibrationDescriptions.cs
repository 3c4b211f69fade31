using Ecart.App.Serve.Api.Description;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Api.Calibration;

/// <summary>The endpoints of calibration, described.</summary>
internal static class CalibrationDescriptions
{
    private const string Part = "calibration";
    private const string Severity = """{"flag": 0.55, "medium": 0.55, "high": 0.7, "critical": 0.85}""";
    private const string Count = """{"alerts": 1, "true": 0, "false": 1, "precision": 0}""";
    private const string Days = "Days that count, 1 to 365. Default 30.";

    private const string State =
        """
        {"domain": "transactions", "days": 30, "from": "2026-02-01T00:00:00Z", "configuration_version": 1, "severity": {"flag": 0.5}, "alerts": 0, "tables": [], "curve": [], "versions": [],
         "candidates": []}
        """;

    private const string Proposal =
        """
        {"domain": "transactions", "days": 30, "configuration_version": 1, "severity": null, "refusal": "too_few_decided", "detail": "Too few alerts were decided.",
         "target": {"kind": "recall", "value": 0.98}, "basis": {"alerts": 0, "true": 0, "false": 0, "days": 30, "true_kept": null, "false_kept": null, "precision": null, "alerts_per_day": 0}}
        """;

    private const string BackTest =
        $$"""
        {"events": 2, "before": {{Count}}, "after": {{Count}}, "lost": {{Count}}, "gained": {{Count}}, "true_kept": null, "false_kept": null, "changes": [], "examples": []}
        """;

    private const string Applied = """{"domain": "transactions", "configuration_version": 2}""";

    private static readonly ApiSchema Number = ApiSchema.Parse("""{"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}""");

    /// <summary><c>GET /v1/calibration</c>.</summary>
    public static ApiOperation Show { get; } = new ApiOperation(Part, "Thresholds in force, decided alerts by score and detector, curve, versions, candidates")
        .Query("domain", "The domain. Default the served one.")
        .Query("days", Days, ApiSchema.Between(1, 365))
        .Answers(ApiSchema.Like(State), "The state; a share that is not known is null.")
        .Refuses(StatusCodes.Status404NotFound, "There is no such domain.")
        .Example("month", "/v1/calibration?days=30", State);

    /// <summary><c>POST /v1/calibration/proposals</c>.</summary>
    public static ApiOperation Propose { get; } = new ApiOperation(Part, "Propose thresholds for a recall, a precision or a number of alerts a day")
        .Explain("Nothing is changed.")
        .Takes<ProposalRequest>()
        .Answers(
            ApiSchema.Parse(
                """
                {"type": "object", "required": ["domain", "days", "configuration_version", "detail", "target", "basis"],
                 "properties": {"severity": {"type": ["object", "null"]}, "refusal": {"type": ["string", "null"]}, "detail": {"type": "string"}, "target": {"type": "object"}, "basis": {"type": "object"}}}
                """),
            "The thresholds, or why there are none.")
        .Refuses(StatusCodes.Status404NotFound, "There is no such domain.")
        .Example("recall", "/v1/calibration/proposals", Proposal, """{"target": {"kind": "recall", "value": 0.98}}""");

    /// <summary><c>POST /v1/calibration/backtests</c>.</summary>
    public static ApiOperation Test { get; } = new ApiOperation(Part, "What other thresholds would have done with the stored events")
        .Explain("Nothing is changed.")
        .Takes<BackTestRequest>()
        .Answers(
            ApiSchema.Parse(
                """
                {"type": "object", "required": ["events", "before", "after", "lost", "gained", "changes", "examples"],
                 "properties": {"events": {"type": "integer"}, "before": {"type": "object", "required": ["alerts", "true", "false"]}, "after": {"type": "object", "required": ["alerts", "true", "false"]},
                  "lost": {"type": "object"}, "gained": {"type": "object"}, "changes": {"type": "array"}, "examples": {"type": "array"}}}
                """),
            "What changes.")
        .Refuses(StatusCodes.Status404NotFound, "There is no such domain.")
        .Example("month", "/v1/calibration/backtests", BackTest, $$"""{"severity": {{Severity}}}""");

    /// <summary><c>POST /v1/calibration/candidates</c>.</summary>
    public static ApiOperation Shadow { get; } = new ApiOperation(Part, "Have thresholds run in shadow beside those in force")
        .Takes<CandidateRequest>()
        .Answers(Number, "They run.", StatusCodes.Status201Created)
        .Example("stricter", "/v1/calibration/candidates", """{"id": 1}""", $$"""{"severity": {{Severity}}, "reason": "Fewer alerts at night."}""", StatusCodes.Status201Created);

    /// <summary><c>POST /v1/calibration/candidates/{id}/withdraw</c>.</summary>
    public static ApiOperation Withdraw { get; } = new ApiOperation(Part, "End a candidate")
        .Path("id", "Its number.", ApiSchema.Whole)
        .Takes<WithdrawRequest>()
        .Answers(Number, "It runs no more.")
        .Example("one", "/v1/calibration/candidates/1/withdraw", """{"id": 1}""", """{"reason": "It loses too much."}""");

    /// <summary><c>POST /v1/calibration/apply</c>.</summary>
    public static ApiOperation Apply { get; } = new ApiOperation(Part, "Put thresholds in force, given themselves or as a candidate")
        .Takes<ApplyRequest>()
        .Answers(ApiSchema.Like(Applied), "In force; a running service goes over within seconds.")
        .Refuses(StatusCodes.Status404NotFound, "There is no such domain or candidate.")
        .Example("stricter", "/v1/calibration/apply", Applied, $$"""{"severity": {{Severity}}, "reason": "Fewer alerts at night."}""");

    /// <summary><c>POST /v1/calibration/rollback</c>.</summary>
    public static ApiOperation RollBack { get; } = new ApiOperation(Part, "Go back to an earlier configuration")
        .Takes<RollbackRequest>()
        .Answers(ApiSchema.Like(Applied), "In force; a running service goes over within seconds.")
        .Refuses(StatusCodes.Status404NotFound, "There is no such domain.")
        .Example("last", "/v1/calibration/rollback", """{"domain": "transactions", "configuration_version": 3}""", """{"reason": "It lost true alerts."}""");
}

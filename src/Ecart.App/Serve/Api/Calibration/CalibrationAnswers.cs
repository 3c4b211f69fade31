using System.Text.Json;
using System.Text.Json.Nodes;
using Ecart.App.Calibration;
using Ecart.Calibration;
using Ecart.MariaDb.Calibration;
using Ecart.Scoring;

namespace Ecart.App.Serve.Api.Calibration;

/// <summary>What the endpoints and the commands of calibration answer, as objects that become JSON. A share that is not known is null.</summary>
internal static class CalibrationAnswers
{
    private const int MostPoints = 200;
    private const int Decimals = 6;

    /// <summary>Tables, curves, thresholds in force, what was applied and what runs in shadow.</summary>
    public static object Of(CalibrationState state, IReadOnlyList<ThresholdVersion> versions, IReadOnlyList<CandidateComparison> candidates) => new
    {
        Domain = state.Domain.Name,
        state.Days,
        state.From,
        ConfigurationVersion = state.Version,
        state.Severity,
        Alerts = state.Alerts.Count,
        Tables = CalibrationTable.Of(state.Alerts).Select(Of),
        Curve = CalibrationCurve.Of(new CalibrationProposer().Measure(state.Severity, state.Alerts, CalibrationForm.Threshold)).Thin(MostPoints).Select(point => Of(point, state.Days)),
        Versions = versions.Select(Of),
        Candidates = candidates.Select(Of),
    };

    /// <summary>A proposal, or why there is none.</summary>
    public static object Of(CalibrationState state, CalibrationProposal proposal) => new
    {
        Domain = state.Domain.Name,
        state.Days,
        ConfigurationVersion = state.Version,
        proposal.Severity,
        proposal.Refusal,
        Detail = CalibrationText.Of(proposal),
        proposal.Target,
        Basis = Of(proposal.Basis),
    };

    /// <summary>What a proposal rests on.</summary>
    public static object Of(CalibrationBasis basis) => new
    {
        basis.Alerts,
        basis.True,
        basis.False,
        basis.Days,
        TrueKept = Defined(basis.TrueKept),
        FalseKept = Defined(basis.FalseKept),
        Precision = Defined(basis.Precision),
        AlertsPerDay = Defined(basis.AlertsPerDay),
    };

    /// <summary>What other thresholds would have done.</summary>
    public static object Of(BackTest test) => new
    {
        test.Events,
        Before = Of(test.Before),
        After = Of(test.After),
        Lost = Of(test.Lost),
        Gained = Of(test.Gained),
        TrueKept = Defined(test.TrueKept),
        FalseKept = Defined(test.FalseKept),
        Changes = test.Changes.OrderBy(change => change.Key.Before).ThenBy(change => change.Key.After)
            .Select(change => new { From = change.Key.Before, To = change.Key.After, Events = change.Value }),
        Examples = test.Examples.Select(change => new { change.Event.EventUid, change.Event.OccurredAt, change.Event.EntityId, From = change.Before, To = change.After, change.Event.IsTrue }),
    };

    /// <summary>A candidate and its comparison.</summary>
    public static object Of(CandidateComparison one) => new
    {
        one.Candidate.Id,
        one.Candidate.BaseVersion,
        one.Severity,
        one.Candidate.Reason,
        one.Candidate.CreatedBy,
        one.Candidate.CreatedAt,
        Result = Of(one.Result),
    };

    private static object Of(CalibrationTable table) => new
    {
        table.Code,
        table.True,
        table.False,
        Precision = Defined(table.Precision),
        Buckets = table.Buckets.Select(bucket => new
        {
            bucket.Score,
            bucket.Alerts,
            bucket.True,
            bucket.False,
            Precision = Defined(bucket.Precision),
            bucket.FalseAndAbove,
            Recall = Defined(bucket.Recall),
        }),
    };

    private static object Of(CurvePoint point, int days) => new
    {
        Threshold = Defined(point.Threshold),
        point.Alerts,
        AlertsPerDay = Defined(point.Alerts / (double)days),
        point.True,
        point.False,
        Precision = Defined(point.Precision),
        Recall = Defined(point.Recall),
    };

    private static object Of(ThresholdVersion version) => new
    {
        version.Version,
        Thresholds = JsonNode.Parse(version.Thresholds),
        Basis = JsonNode.Parse(version.Basis),
        version.IsActive,
        version.Reason,
        version.CreatedBy,
        version.CreatedAt,
    };

    private static object Of(BackTestCount count) => new { count.Alerts, count.True, count.False, Precision = Defined(count.Precision) };

    private static double? Defined(double share) => double.IsFinite(share) ? Math.Round(share, Decimals) : null;
}

using System.Text.Json;
using Ecart.Calibration;

namespace Ecart.App.Serve.Api.Calibration;

/// <summary>What to reach, as callers write it.</summary>
internal sealed record TargetRequest(CalibrationTargetKind Kind = CalibrationTargetKind.Recall, double? Value = null)
{
    /// <summary>The target; the default value of its kind where none is given.</summary>
    public CalibrationTarget Target => new(Kind, Value ?? Kind switch
    {
        CalibrationTargetKind.Recall => CalibrationTarget.Default.Value,
        CalibrationTargetKind.Precision => 0.9,
        _ => 20,
    });
}

/// <summary>Asks for a proposal.</summary>
internal sealed record ProposalRequest(string? Domain = null, TargetRequest? Target = null, CalibrationForm Form = CalibrationForm.Relevance, int Days = 30);

/// <summary>Asks what thresholds would have done.</summary>
internal sealed record BackTestRequest(JsonElement Severity, string? Domain = null, int Days = 30);

/// <summary>Puts thresholds in force, given themselves or as a candidate.</summary>
internal sealed record ApplyRequest(JsonElement? Severity = null, long? CandidateId = null, string? Domain = null, int? ExpectedVersion = null, JsonElement? Basis = null, string? Reason = null);

/// <summary>Goes back to an earlier configuration.</summary>
internal sealed record RollbackRequest(string? Domain = null, int? Version = null, string? Reason = null);

/// <summary>Lets thresholds run in shadow.</summary>
internal sealed record CandidateRequest(JsonElement Severity, string? Domain = null, string? Reason = null);

/// <summary>Ends a candidate.</summary>
internal sealed record WithdrawRequest(string? Reason = null);

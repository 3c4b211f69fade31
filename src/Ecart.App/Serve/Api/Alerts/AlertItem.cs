using System.Text.Json.Serialization;
using Ecart.MariaDb.Alerts;
using Ecart.MariaDb.Reading;
using Ecart.Scoring;

namespace Ecart.App.Serve.Api.Alerts;

/// <summary>An alert as the API, the stream and the commands show it.</summary>
internal sealed record AlertItem
{
    public required long Id { get; init; }

    public required string Domain { get; init; }

    public required string EventUid { get; init; }

    public required string EntityType { get; init; }

    public required string EntityId { get; init; }

    public required DateTime OccurredAt { get; init; }

    public required Severity Severity { get; init; }

    public required double Score { get; init; }

    [JsonPropertyName("type")]
    public required string Kind { get; init; }

    public required AlertStatus Status { get; init; }

    public required string? AssignedTo { get; init; }

    public required string? Notes { get; init; }

    public required int Revision { get; init; }

    /// <summary>Whether the pipeline has learned from the decision; null without one.</summary>
    public required LabelState? Label { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; init; }

    public required DateTime? ResolvedAt { get; init; }

    public required IReadOnlyList<VerdictReason> Reasons { get; init; }

    public static AlertItem Of(Alert alert) => new()
    {
        Id = alert.Id,
        Domain = alert.Domain,
        EventUid = alert.EventUid,
        EntityType = alert.EntityType,
        EntityId = alert.EntityId,
        OccurredAt = alert.OccurredAt,
        Severity = alert.Severity,
        Score = alert.Score,
        Kind = alert.Kind,
        Status = alert.Status,
        AssignedTo = alert.AssignedTo,
        Notes = alert.Notes,
        Revision = alert.Revision,
        Label = alert.Status is AlertStatus.ConfirmedFraud or AlertStatus.FalsePositive ? alert.IsUnlabelled ? LabelState.Waiting : LabelState.Taken : null,
        CreatedAt = alert.CreatedAt,
        UpdatedAt = alert.UpdatedAt,
        ResolvedAt = alert.ResolvedAt,
        Reasons = [.. alert.Explanation.Findings.Select(finding => new VerdictReason(finding.Code, finding.Score, finding.Detail))],
    };
}

using Ecart.MariaDb.Alerts;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Api.Alerts;

/// <summary>What became of an action on one alert, as the API and the commands tell it.</summary>
internal sealed record AlertActionAnswer
{
    public required long Id { get; init; }

    /// <summary>HTTP status of this one: 200, 404 or 409.</summary>
    public required int Status { get; init; }

    public required AlertActionOutcome Outcome { get; init; }

    /// <summary>More for a person; null where there is nothing to say.</summary>
    public required string? Detail { get; init; }

    public required AlertStatus? AlertStatus { get; init; }

    public required string? AssignedTo { get; init; }

    public required int Revision { get; init; }

    /// <summary>Whether the pipeline has learned from the decision; null without one.</summary>
    public required LabelState? Label { get; init; }

    public static AlertActionAnswer Of(AlertActionResult result, AlertActionRequest request, IReadOnlySet<long> waiting)
    {
        bool isDone = result.Outcome is AlertActionOutcome.Done or AlertActionOutcome.Unchanged;
        bool isDecision = isDone && request is { Action: AlertActionKind.SetStatus, Status: MariaDb.Alerts.AlertStatus.ConfirmedFraud or MariaDb.Alerts.AlertStatus.FalsePositive };
        LabelState? label = isDecision ? waiting.Contains(result.Id) ? LabelState.Waiting : LabelState.Taken : null;
        return new AlertActionAnswer
        {
            Id = result.Id,
            Status = result.Outcome switch
            {
                AlertActionOutcome.Missing => StatusCodes.Status404NotFound,
                AlertActionOutcome.Conflict => StatusCodes.Status409Conflict,
                _ => StatusCodes.Status200OK,
            },
            Outcome = result.Outcome,
            Detail = DetailOf(result, request, label),
            AlertStatus = result.Status,
            AssignedTo = result.AssignedTo,
            Revision = result.Revision,
            Label = label,
        };
    }

    private static string? DetailOf(AlertActionResult result, AlertActionRequest request, LabelState? label) => result.Outcome switch
    {
        AlertActionOutcome.Missing => "There is no alert of this number.",
        AlertActionOutcome.Conflict when request.Action == AlertActionKind.Take && result.AssignedTo is { } other =>
            $"It is the work of {other}: nothing was done. To take it over all the same, assign it.",
        AlertActionOutcome.Conflict => $"Somebody changed it since (revision {result.Revision}): look at it again. Nothing was done.",
        _ when label == LabelState.Waiting => $"The decision is kept. The pipeline learns from it as soon as a service of the domain {result.Domain} runs.",
        _ => null,
    };
}

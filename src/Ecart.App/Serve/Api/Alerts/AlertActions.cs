using Ecart.App.Alerts;
using Ecart.App.Serve.Http;
using Ecart.MariaDb.Alerts;

namespace Ecart.App.Serve.Api.Alerts;

/// <summary>
/// Does what the API, the pages and the commands ask of alerts, by one set of rules; waits a moment for the pipeline to learn from what was decided. Thread-safe.
/// </summary>
/// <param name="connectionString">The store.</param>
/// <param name="decided">Enters decisions of the domain that this process serves; null: none does here.</param>
internal sealed class AlertActions(string connectionString, DecidedAlertSource? decided)
{
    private static readonly TimeSpan LearningTakes = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);
    private readonly AlertWork work = new(connectionString);
    private readonly AlertBoard board = new(connectionString);
    private readonly DecidedAlertStore decisions = new(connectionString);

    /// <summary>Does it.</summary>
    /// <returns>The results in the order of the ids, and which decisions the pipeline has not learned from yet; or why nothing was done.</returns>
    public async Task<(IReadOnlyList<AlertActionResult> Results, IReadOnlySet<long> Waiting, ProblemAnswer? Problem)> DoAsync(
        AlertActionRequest request, string actor, CancellationToken cancellationToken)
    {
        if (await CheckAsync(request, cancellationToken).ConfigureAwait(false) is { } problem) return ([], new HashSet<long>(), problem);
        string? note = string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim();
        string? assignee = string.IsNullOrWhiteSpace(request.AssignedTo) ? null : request.AssignedTo.Trim();
        IReadOnlyList<AlertActionResult> results = await work.DoAsync(
            new AlertAction(request.Action!.Value, actor) { Status = request.Status, Assignee = assignee, Note = note }, request.Ids!, request.Revisions, cancellationToken).ConfigureAwait(false);
        if (request.Action != AlertActionKind.SetStatus || request.Status is not (AlertStatus.ConfirmedFraud or AlertStatus.FalsePositive)) return (results, new HashSet<long>(), null);
        AlertActionResult[] done = [.. results.Where(result => result.Outcome is AlertActionOutcome.Done or AlertActionOutcome.Unchanged)];
        return (results, await LearnAsync(done, cancellationToken).ConfigureAwait(false), null);
    }

    private async Task<ProblemAnswer?> CheckAsync(AlertActionRequest request, CancellationToken cancellationToken)
    {
        if (request.Action is not { } action || !Enum.IsDefined(action)) return ProblemAnswer.Invalid("action", null, "action is missing: give take, assign, comment or set_status.");
        if (request.Ids is not { Count: > 0 and <= AlertAction.MostAlerts })
            return ProblemAnswer.Invalid("ids", $"{request.Ids?.Count ?? 0}", $"ids has {request.Ids?.Count ?? 0} alerts: give 1 to {AlertAction.MostAlerts}.");
        if (request.Note is { Length: > AlertAction.LongestNote }) return ProblemAnswer.Invalid("note", request.Note, $"note is longer than {AlertAction.LongestNote:N0} characters: shorten it.");
        if (action == AlertActionKind.Comment && string.IsNullOrWhiteSpace(request.Note)) return ProblemAnswer.Invalid("note", null, "note is missing: a comment says something.");
        if (action == AlertActionKind.SetStatus != request.Status is not null)
            return ProblemAnswer.Invalid("status", null, action == AlertActionKind.SetStatus ? "status is missing: give the new status." : "status belongs to set_status alone: leave it out.");
        if (request.AssignedTo is null || string.IsNullOrWhiteSpace(request.AssignedTo)) return null;
        if (action != AlertActionKind.Assign) return ProblemAnswer.Invalid("assigned_to", request.AssignedTo, "assigned_to belongs to assign alone: leave it out.");
        IReadOnlyList<string> people = await board.ReadAssigneesAsync(cancellationToken).ConfigureAwait(false);
        return people.Contains(request.AssignedTo.Trim(), StringComparer.Ordinal)
            ? null
            : ProblemAnswer.Invalid("assigned_to", request.AssignedTo, "assigned_to is nobody who may work on alerts: give the name of a user with the role analyst or admin.");
    }

    /// <summary>A person who decides sees at once that it was learned; where that takes longer, the decision waits in the store.</summary>
    private async Task<IReadOnlySet<long>> LearnAsync(IReadOnlyList<AlertActionResult> done, CancellationToken cancellationToken)
    {
        long[] ids = [.. done.Select(result => result.Id)];
        var waiting = new HashSet<long>(await decisions.ReadWaitingAsync(ids, cancellationToken).ConfigureAwait(false));
        if (decided is null || waiting.Count == 0) return waiting;
        long[] own = [.. done.Where(result => result.Domain == decided.Domain).Select(result => result.Id)];
        decided.Nudge();
        long began = TimeProvider.System.GetTimestamp();
        while (own.Any(waiting.Contains) && TimeProvider.System.GetElapsedTime(began) < LearningTakes)
        {
            await Task.Delay(Look, cancellationToken).ConfigureAwait(false);
            waiting = [.. await decisions.ReadWaitingAsync(ids, cancellationToken).ConfigureAwait(false)];
        }

        return waiting;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Http;

/// <summary><c>POST /v1/events</c>: answers verdicts after the commit, or a decision within a budget. Thread-safe.</summary>
internal sealed class EventsEndpoint(HttpSource source, StoreState store, HttpOptions options, EventReader events, StoredVerdictReader verdicts)
    : PostEndpoint(source, store, options)
{
    private const string BudgetParameter = "budget_ms";
    private const string BudgetHeader = "Ecart-Budget-Ms";

    protected override PostedItem Read(ReadOnlySpan<byte> json, long place) => events.Read(json, place);

    protected override bool BudgetOf(HttpRequest request, out TimeSpan? budget, [NotNullWhen(false)] out ProblemAnswer? problem)
    {
        int usual = Options.Decisions.BudgetMilliseconds;
        budget = usual == 0 ? null : TimeSpan.FromMilliseconds(usual);
        problem = null;
        string? text = (string?)request.Query[BudgetParameter] ?? (string?)request.Headers[BudgetHeader];
        if (text is null) return true;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds) && milliseconds is >= 1 and <= HttpOptions.LongestBudget)
        {
            budget = TimeSpan.FromMilliseconds(milliseconds);
            return true;
        }

        string shown = text.Length <= 40 ? text : text[..40];
        ProblemAnswer unreadable = ProblemAnswer.BadRequest(
            $"{BudgetParameter} '{shown}' is not a number of milliseconds from 1 to {HttpOptions.LongestBudget:N0}.");
        problem = unreadable with { Field = BudgetParameter, Value = shown };
        return false;
    }

    protected override ProblemAnswer NotTaken(TimeSpan? budget) =>
        budget is null ? base.NotTaken(budget) : base.NotTaken(budget) with { Decision = Options.Decisions.WhenDegraded };

    protected override async Task<IReadOnlyList<Answer>> AnswerAsync(
        IReadOnlyList<PostedItem> items, TimeSpan? budget, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, StoredVerdict> known = await ReadKnownAsync(items, cancellationToken).ConfigureAwait(false);
        var answers = new Answer[items.Count];
        for (int i = 0; i < answers.Length; i++) answers[i] = AnswerOf(items[i], budget, known);
        return answers;
    }

    private Answer AnswerOf(PostedItem item, TimeSpan? budget, IReadOnlyDictionary<string, StoredVerdict> known)
    {
        if (!item.IsTaken) return NotTaken(budget);
        if (item.Item.Rejected is { } unreadable) return ProblemAnswer.Of(unreadable);
        if (item.Outcome is { } outcome)
        {
            if (outcome.Verdict is { } verdict) return new VerdictAnswer(verdict, Options.Decisions.Of(verdict), IsDuplicate: false);
            if (outcome.Rejection is { } rejected) return ProblemAnswer.Of(rejected);
            if (outcome.Kind == PostedOutcomeKind.Known && known.TryGetValue(item.EventUid!, out StoredVerdict? first))
                return new VerdictAnswer(first, Options.Decisions.Of(first), IsDuplicate: true);
        }

        if (budget is null) return ProblemAnswer.Undecided with { EventUid = item.EventUid };
        return new DegradedAnswer(item.EventUid!, Options.Decisions.WhenDegraded, Store.IsAway ? "store_away" : "budget_spent");
    }

    /// <summary>The first verdicts of events that were known before; none while the store is away.</summary>
    private async Task<IReadOnlyDictionary<string, StoredVerdict>> ReadKnownAsync(IReadOnlyList<PostedItem> items, CancellationToken cancellationToken)
    {
        string[] uids = [.. items.Where(item => item.Outcome?.Kind == PostedOutcomeKind.Known).Select(item => item.EventUid!)];
        try
        {
            return await verdicts.FindAsync(uids, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (TransientErrors.IsTransient(error))
        {
            return new Dictionary<string, StoredVerdict>();
        }
    }
}

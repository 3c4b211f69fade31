using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Http;

/// <summary><c>POST /v1/labels</c>: answers once the labels are durable. Thread-safe.</summary>
internal sealed class LabelsEndpoint(HttpSource source, StoreState store, HttpOptions options, LabelReader labels) : PostEndpoint(source, store, options)
{
    protected override PostedItem Read(ReadOnlySpan<byte> json, long place) => labels.Read(json, place);

    /// <summary>Nothing is decided on labels.</summary>
    protected override bool BudgetOf(HttpRequest request, out TimeSpan? budget, [NotNullWhen(false)] out ProblemAnswer? problem)
    {
        budget = null;
        problem = null;
        return true;
    }

    protected override Task<IReadOnlyList<Answer>> AnswerAsync(IReadOnlyList<PostedItem> items, TimeSpan? budget, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Answer>>([.. items.Select(AnswerOf)]);

    private Answer AnswerOf(PostedItem item)
    {
        if (!item.IsTaken) return NotTaken(null);
        if (item.Outcome is { } outcome)
        {
            if (outcome.Rejection is { } rejected) return ProblemAnswer.Of(rejected);
            if (outcome.Kind is PostedOutcomeKind.Applied or PostedOutcomeKind.Known)
                return new LabelAnswer(item.EventUid!, item.Item.Label!.IsFraud, outcome.Kind == PostedOutcomeKind.Known);
        }

        return ProblemAnswer.Undecided with { EventUid = item.EventUid };
    }
}

using System.Diagnostics.CodeAnalysis;
using Ecart.App.Terminal;
using Ecart.Streaming.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Http;

/// <summary>The way of a request that posts items: read, hand in, wait until they are durable, answer. Thread-safe.</summary>
internal abstract class PostEndpoint(HttpSource source, StoreState store, HttpOptions options)
{
    protected HttpOptions Options => options;

    protected StoreState Store => store;

    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        using StageMeasurement? measurement = PipelineTelemetry.Begin("request");
        try
        {
            if (!BudgetOf(context.Request, out TimeSpan? budget, out ProblemAnswer? problem)
                || !IsPossible(budget, out problem))
            {
                await AnswerWriter.WriteAsync(context.Response, problem).ConfigureAwait(false);
                return;
            }

            (PostedBody? body, problem) = await PostedBody.ReadAsync(context.Request, options).ConfigureAwait(false);
            if (body is null) await AnswerWriter.WriteAsync(context.Response, problem!).ConfigureAwait(false);
            else await HandleAsync(context, body, budget).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more; what was taken goes its way.
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            Output.Error($"a request failed: {error}");
            await AnswerWriter.WriteAsync(context.Response, ProblemAnswer.Failed).ConfigureAwait(false);
        }
    }

    /// <summary>Reads one item.</summary>
    protected abstract PostedItem Read(ReadOnlySpan<byte> json, long place);

    /// <summary>The budget that a request names, or the default; null for none.</summary>
    protected abstract bool BudgetOf(HttpRequest request, out TimeSpan? budget, [NotNullWhen(false)] out ProblemAnswer? problem);

    /// <summary>The answers to the items, in their order. Those that have no outcome were not taken, or are not durable yet.</summary>
    protected abstract Task<IReadOnlyList<Answer>> AnswerAsync(
        IReadOnlyList<PostedItem> items, TimeSpan? budget, CancellationToken cancellationToken);

    /// <summary>The answer for an item that the pipeline did not take.</summary>
    protected virtual ProblemAnswer NotTaken(TimeSpan? budget) => source.IsOpen ? ProblemAnswer.Full : ProblemAnswer.Closed;

    private bool IsPossible(TimeSpan? budget, [NotNullWhen(false)] out ProblemAnswer? problem)
    {
        problem = !source.IsOpen ? NotTaken(budget) : store.IsAway && budget is null ? ProblemAnswer.StoreAway : null;
        return problem is null;
    }

    private async Task HandleAsync(HttpContext context, PostedBody body, TimeSpan? budget)
    {
        var items = new PostedItem[body.Items.Count];
        for (int i = 0; i < items.Length; i++) items[i] = Read(body.Bytes.AsSpan(body.Items[i]), source.NextPlace());

        // What comes after an item that was not taken is not taken either: the order of an entity's events must hold when they are sent again.
        int taken = 0;
        while (taken < items.Length && source.TryEnter(items[taken])) taken++;
        if (taken == 0)
        {
            await AnswerWriter.WriteAsync(context.Response, NotTaken(budget)).ConfigureAwait(false);
            return;
        }

        await WaitAsync(items.AsMemory(0, taken), budget, context.RequestAborted).ConfigureAwait(false);
        IReadOnlyList<Answer> answers = await AnswerAsync(items, budget, context.RequestAborted).ConfigureAwait(false);
        await (body.IsList
            ? AnswerWriter.WriteAsync(context.Response, answers)
            : AnswerWriter.WriteAsync(context.Response, answers[0])).ConfigureAwait(false);
    }

    private async Task WaitAsync(ReadOnlyMemory<PostedItem> taken, TimeSpan? budget, CancellationToken cancellationToken)
    {
        TimeSpan limit = budget is null ? TimeSpan.FromSeconds(options.AnswerWithinSeconds) : store.IsAway ? TimeSpan.Zero : budget.Value;
        Task all = taken.Length == 1 ? taken.Span[0].Ended : Task.WhenAll(taken.ToArray().Select(item => item.Ended));
        await all.WaitAsync(limit, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}

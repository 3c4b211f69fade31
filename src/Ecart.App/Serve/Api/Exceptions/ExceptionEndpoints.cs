using Ecart.App.Exceptions;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Api.Description;
using Ecart.App.Serve.Api.Idempotency;
using Ecart.App.Serve.Http;
using Ecart.App.Serve.Pages.Exceptions;
using Ecart.MariaDb.Access;
using Ecart.MariaDb.Exceptions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ecart.App.Serve.Api.Exceptions;

/// <summary>Exceptions by JSON; their pages are mapped here too and share desk and rules. Thread-safe.</summary>
internal sealed class ExceptionEndpoints(string connectionString, ConsoleOptions options)
{
    private const int MostShown = 200;
    private readonly ExceptionDesk desk = new(connectionString, options.ExceptionsNeedApproval);

    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder application)
    {
        application.MapGet("/v1/exceptions", (Delegate)ListAsync).Allow(AccessRole.Viewer).Describe(ExceptionDescriptions.List);
        application.MapPost("/v1/exceptions", (Delegate)AddAsync).Allow(AccessRole.Analyst).WithIdempotency().Describe(ExceptionDescriptions.Add);
        application.MapPost("/v1/exceptions/preview", (Delegate)PreviewAsync).Allow(AccessRole.Analyst).Describe(ExceptionDescriptions.Look);
        application.MapGet("/v1/exceptions/suggestion", (Delegate)SuggestAsync).Allow(AccessRole.Viewer).Describe(ExceptionDescriptions.Suggest);
        application.MapGet("/v1/exceptions/{id:long}", (Delegate)FindAsync).Allow(AccessRole.Viewer).Describe(ExceptionDescriptions.Find);
        application.MapGet("/v1/exceptions/{id:long}/events", (Delegate)EventsAsync).Allow(AccessRole.Viewer).Describe(ExceptionDescriptions.Events);
        application.MapPost("/v1/exceptions/{id:long}/approve", (Delegate)ApproveAsync).Allow(AccessRole.Analyst).WithIdempotency().Describe(ExceptionDescriptions.Approve);
        application.MapPost("/v1/exceptions/{id:long}/revoke", (Delegate)RevokeAsync).Allow(AccessRole.Analyst).WithIdempotency().Describe(ExceptionDescriptions.Revoke);
        new ExceptionPages(connectionString, desk).Map(application);
    }

    private async Task<IResult> ListAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (RequestValues.Limit(request, out int limit) is { } problem) return new AnswerResult(problem);
        if (RequestValues.Choice(request, "state", out ExceptionState? state) is { } unknown) return new AnswerResult(unknown);
        if (RequestValues.Cursor(request, out long? before) is { } wrong) return new AnswerResult(wrong);
        var filter = new ExceptionFilter
        {
            Domain = RequestValues.Text(request, "domain"),
            State = state,
            EntityId = RequestValues.Text(request, "entity_id"),
            Text = RequestValues.Text(request, "text"),
            Before = before,
            Most = limit + 1,
        };
        IReadOnlyList<ExceptionRow> rows = await desk.Store.ReadAsync(filter, context.RequestAborted).ConfigureAwait(false);
        return Page(rows, limit, row => row.Id);
    }

    private async Task<IResult> AddAsync(HttpContext context)
    {
        (ExceptionWish? wish, ProblemAnswer? problem) = await RequestValues.BodyAsync<ExceptionWish>(context.Request).ConfigureAwait(false);
        if (problem is not null) return new AnswerResult(problem);
        (ExceptionDraft? draft, ExceptionFault? fault) = await desk.CheckAsync(wish!, toMake: true, context.RequestAborted).ConfigureAwait(false);
        if (fault is not null) return new AnswerResult(ExceptionProblems.Of(fault));
        long id = await desk.Store.AddAsync(draft!, Principal.Of(context)!.Actor, context.RequestAborted).ConfigureAwait(false);
        context.Response.Headers.Location = $"/v1/exceptions/{id}";
        return Json(await desk.Store.FindAsync(id, context.RequestAborted).ConfigureAwait(false), StatusCodes.Status201Created);
    }

    private async Task<IResult> PreviewAsync(HttpContext context)
    {
        (ExceptionWish? wish, ProblemAnswer? problem) = await RequestValues.BodyAsync<ExceptionWish>(context.Request).ConfigureAwait(false);
        if (problem is not null) return new AnswerResult(problem);
        (ExceptionDraft? draft, ExceptionFault? fault) = await desk.CheckAsync(wish!, toMake: false, context.RequestAborted).ConfigureAwait(false);
        if (fault is not null) return new AnswerResult(ExceptionProblems.Of(fault));
        ExceptionPreview preview = await desk.PreviewAsync(draft!, ExceptionDesk.PreviewDays, context.RequestAborted).ConfigureAwait(false);
        return Json(new
        {
            preview.Days,
            Alerts = preview.Matches.Count,
            ConfirmedFrauds = preview.Frauds,
            preview.FalsePositives,
            preview.Entities,
            preview.Examined,
            preview.IsComplete,
            Radius = draft!.Pattern?.Radius,
            Items = preview.Shown(MostShown),
        });
    }

    private async Task<IResult> SuggestAsync(HttpContext context)
    {
        string? text = RequestValues.Text(context.Request, "alert");
        if (!long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long alert))
            return new AnswerResult(ProblemAnswer.Invalid("alert", text, "alert must be the number of an alert."));
        ExceptionSuggestion? suggestion = await desk.SuggestAsync(alert, context.RequestAborted).ConfigureAwait(false);
        return suggestion is null
            ? new AnswerResult(ProblemAnswer.Missing($"There is no alert {alert} whose event is kept."))
            : Json(new { Exception = suggestion.Wish, Distances = suggestion.Figures });
    }

    private async Task<IResult> FindAsync(long id, HttpContext context) =>
        await desk.Store.FindAsync(id, context.RequestAborted).ConfigureAwait(false) is { } found ? Json(found) : new AnswerResult(ExceptionProblems.Missing(id));

    private async Task<IResult> EventsAsync(long id, HttpContext context)
    {
        if (RequestValues.Limit(context.Request, out int limit) is { } problem) return new AnswerResult(problem);
        if (RequestValues.Cursor(context.Request, out SilencedEventPosition? after) is { } wrong) return new AnswerResult(wrong);
        if (await desk.Store.FindAsync(id, context.RequestAborted).ConfigureAwait(false) is null) return new AnswerResult(ExceptionProblems.Missing(id));
        IReadOnlyList<SilencedEvent> rows = await desk.Store.ReadSilencedAsync(id, after, limit + 1, context.RequestAborted).ConfigureAwait(false);
        return Page(rows, limit, row => new SilencedEventPosition(row.OccurredAt, row.Lane, row.Seq));
    }

    private async Task<IResult> ApproveAsync(long id, HttpContext context)
    {
        Principal principal = Principal.Of(context)!;
        if (await desk.Store.FindAsync(id, context.RequestAborted).ConfigureAwait(false) is null) return new AnswerResult(ExceptionProblems.Missing(id));
        if (principal.SessionSecret is null) return new AnswerResult(ExceptionProblems.NoPerson);
        ExceptionChange change = await desk.Store.ApproveAsync(id, principal.Actor, context.RequestAborted).ConfigureAwait(false);
        return await ChangedAsync(change, id, context).ConfigureAwait(false);
    }

    private async Task<IResult> RevokeAsync(long id, HttpContext context)
    {
        (RevokeRequest? request, ProblemAnswer? problem) = await RequestValues.BodyAsync<RevokeRequest>(context.Request).ConfigureAwait(false);
        if (problem is not null) return new AnswerResult(problem);
        if (ReasonFault(request!.Reason) is { } fault) return new AnswerResult(ExceptionProblems.Of(fault));
        ExceptionChange change = await desk.Store.RevokeAsync(id, request.Reason!.Trim(), Principal.Of(context)!.Actor, context.RequestAborted).ConfigureAwait(false);
        return await ChangedAsync(change, id, context).ConfigureAwait(false);
    }

    /// <summary>What is wrong with the reason of a revocation.</summary>
    internal static ExceptionFault? ReasonFault(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? new ExceptionFault("reason", null, "exceptions.fault.reason")
        : reason.Length > ExceptionCheck.LongestReason ? new ExceptionFault("reason", reason, "exceptions.fault.long", ExceptionCheck.LongestReason)
        : null;

    private async Task<IResult> ChangedAsync(ExceptionChange change, long id, HttpContext context) =>
        ExceptionProblems.Of(change, id) is { } problem ? new AnswerResult(problem) : Json(await desk.Store.FindAsync(id, context.RequestAborted).ConfigureAwait(false));

    private static IResult Page<TRow, TPosition>(IReadOnlyList<TRow> rows, int limit, Func<TRow, TPosition> position) => Json(new
    {
        Items = rows.Take(limit),
        Next = rows.Count > limit ? PageCursor.Write(position(rows[limit - 1])) : null,
    });

    private static IResult Json<TValue>(TValue value, int status = StatusCodes.Status200OK) => Results.Json(value, ApiJson.Options, statusCode: status);
}

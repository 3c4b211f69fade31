using System.Globalization;
using System.Text.Json;
using Ecart.App.Alerts;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Api.Description;
using Ecart.App.Serve.Api.Idempotency;
using Ecart.App.Serve.Http;
using Ecart.MariaDb.Access;
using Ecart.MariaDb.Alerts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ecart.App.Serve.Api.Alerts;

/// <summary>The alerts over HTTP: lists, one with everything about it, actions, history. Thread-safe.</summary>
internal sealed class AlertEndpoints(string connectionString, AlertActions actions)
{
    private readonly AlertBoard board = new(connectionString);
    private readonly AlertDossiers dossiers = new(connectionString);

    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder application)
    {
        application.MapGet("/v1/alerts", (RequestDelegate)ListAsync).Allow(AccessRole.Viewer).Describe(AlertDescriptions.List);
        application.MapGet("/v1/alerts/counts", (RequestDelegate)CountAsync).Allow(AccessRole.Viewer).Describe(AlertDescriptions.Counts);
        application.MapGet("/v1/alerts/{id}", (RequestDelegate)ShowAsync).Allow(AccessRole.Viewer).Describe(AlertDescriptions.Show);
        application.MapGet("/v1/alerts/{id}/history", (RequestDelegate)HistoryAsync).Allow(AccessRole.Viewer).Describe(AlertDescriptions.History);
        application.MapPost("/v1/alerts/actions", (RequestDelegate)ActAsync).Allow(AccessRole.Analyst).WithIdempotency().Describe(AlertDescriptions.Act);
    }

    /// <summary>The number in an address; null when it is none.</summary>
    public static long? IdOf(HttpContext context) =>
        long.TryParse(context.Request.RouteValues["id"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null;

    private async Task ListAsync(HttpContext context)
    {
        (AlertListRequest? request, ProblemAnswer? problem) = AlertListReader.Read(context.Request.Query, Principal.Of(context)!.Actor, isStrict: true);
        if (request is null)
        {
            await AnswerWriter.WriteAsync(context.Response, problem!).ConfigureAwait(false);
            return;
        }

        (IReadOnlyList<Alert> alerts, AlertPosition? next) = await board.ListAsync(request.Filter, request.Sort, request.After, request.Limit, context.RequestAborted).ConfigureAwait(false);
        await WriteAsync(context, new { Items = alerts.Select(AlertItem.Of), Next = next is null ? null : PageCursor.Write(next) }).ConfigureAwait(false);
    }

    private async Task CountAsync(HttpContext context)
    {
        IReadOnlyDictionary<AlertStatus, int> counts = await board.CountAsync(context.RequestAborted).ConfigureAwait(false);
        await WriteAsync(context, new { Counts = counts.ToDictionary(count => JsonNamingPolicy.SnakeCaseLower.ConvertName(count.Key.ToString()), count => count.Value), CountedUpTo = AlertBoard.MostCounted })
            .ConfigureAwait(false);
    }

    private async Task ShowAsync(HttpContext context)
    {
        AlertDossier? dossier = IdOf(context) is { } id ? await dossiers.ReadAsync(id, context.RequestAborted).ConfigureAwait(false) : null;
        await (dossier is null ? MissingAsync(context) : WriteAsync(context, AlertDetail.Of(dossier))).ConfigureAwait(false);
    }

    private async Task HistoryAsync(HttpContext context)
    {
        if (IdOf(context) is not { } id || await board.FindAsync(id, context.RequestAborted).ConfigureAwait(false) is null)
        {
            await MissingAsync(context).ConfigureAwait(false);
            return;
        }

        IReadOnlyList<AlertHistoryEntry> entries = await board.ReadHistoryAsync(id, AlertDossiers.MostHistory, context.RequestAborted).ConfigureAwait(false);
        await WriteAsync(context, new { Items = entries, Next = (string?)null }).ConfigureAwait(false);
    }

    private async Task ActAsync(HttpContext context)
    {
        (AlertActionRequest? request, ProblemAnswer? problem) = await ReadAsync(context).ConfigureAwait(false);
        IReadOnlyList<AlertActionResult> results = [];
        IReadOnlySet<long> waiting = new HashSet<long>();
        if (request is not null) (results, waiting, problem) = await actions.DoAsync(request, Principal.Of(context)!.Actor, context.RequestAborted).ConfigureAwait(false);
        if (problem is not null) await AnswerWriter.WriteAsync(context.Response, problem).ConfigureAwait(false);
        else await WriteAsync(context, new { Results = results.Select(result => AlertActionAnswer.Of(result, request!, waiting)) }).ConfigureAwait(false);
    }

    private static async Task<(AlertActionRequest? Request, ProblemAnswer? Problem)> ReadAsync(HttpContext context)
    {
        try
        {
            AlertActionRequest? request = await JsonSerializer.DeserializeAsync<AlertActionRequest>(context.Request.Body, ApiJson.Options, context.RequestAborted).ConfigureAwait(false);
            return request is null ? (null, ProblemAnswer.BadRequest("The body is null: send one JSON object.")) : (request, null);
        }
        catch (JsonException error)
        {
            string field = error.Path is { Length: > 2 } path ? path[2..] : "";
            return (null, field.Length == 0
                ? ProblemAnswer.BadRequest("The body is not one JSON object of action, ids, revisions, status, assigned_to and note.")
                : ProblemAnswer.Invalid(field, null, $"'{field}' cannot be read: action is a word, ids a list of numbers, revisions an object of numbers, status a word, assigned_to and note are texts."));
        }
    }

    private static Task MissingAsync(HttpContext context) =>
        AnswerWriter.WriteAsync(context.Response, ProblemAnswer.Missing("There is no alert of this number: GET /v1/alerts lists those that there are."));

    private static Task WriteAsync<TValue>(HttpContext context, TValue value) => context.Response.WriteAsJsonAsync(value, ApiJson.Options, context.RequestAborted);
}

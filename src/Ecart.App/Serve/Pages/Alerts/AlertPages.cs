using System.Globalization;
using Ecart.App.Alerts;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Api;
using Ecart.App.Serve.Api.Alerts;
using Ecart.App.Serve.Http;
using Ecart.MariaDb.Access;
using Ecart.MariaDb.Alerts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace Ecart.App.Serve.Pages.Alerts;

/// <summary>The pages of the work on alerts: the list, one alert, and the form that acts on them. Thread-safe.</summary>
internal sealed class AlertPages(string connectionString, AlertActions actions)
{
    private const string ListPath = "/console/alerts";
    private readonly AlertBoard board = new(connectionString);
    private readonly AlertDossiers dossiers = new(connectionString);

    /// <summary>Adds the pages.</summary>
    public void Map(IEndpointRouteBuilder application)
    {
        application.MapGet(ListPath, (Delegate)ShowListAsync).AllowPage(AccessRole.Viewer).ExcludeFromDescription();
        application.MapGet(ListPath + "/{id}", (Delegate)ShowAsync).AllowPage(AccessRole.Viewer).ExcludeFromDescription();
        application.MapPost(ListPath + "/actions", (Delegate)ActAsync).AllowPage(AccessRole.Analyst).ExcludeFromDescription();
    }

    private async Task<IResult> ShowListAsync(HttpContext context)
    {
        Principal principal = Principal.Of(context)!;
        (AlertListRequest? request, ProblemAnswer? problem) = AlertListReader.Read(WithDefaults(context.Request.Query), principal.Actor, isStrict: false);
        if (request is null) context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        CancellationToken cancellationToken = context.RequestAborted;
        (long Alert, long Entry) newest = await board.ReadNewestAsync(cancellationToken).ConfigureAwait(false);
        Task<IReadOnlyDictionary<AlertStatus, int>> counts = board.CountAsync(cancellationToken);
        Task<IReadOnlyList<string>> domains = board.ReadDomainsAsync(cancellationToken);
        Task<IReadOnlyList<string>> people = board.ReadAssigneesAsync(cancellationToken);
        (IReadOnlyList<Alert> alerts, AlertPosition? next) = request is null
            ? ([], null)
            : await board.ListAsync(request.Filter, request.Sort, request.After, request.Limit, cancellationToken).ConfigureAwait(false);
        return new RazorComponentResult<AlertsPage>(new Dictionary<string, object?>
        {
            ["Language"] = Language.Of(context.Request),
            ["Principal"] = principal,
            ["Alerts"] = alerts,
            ["WrongField"] = problem?.Field,
            ["Counts"] = await counts.ConfigureAwait(false),
            ["Domains"] = await domains.ConfigureAwait(false),
            ["People"] = await people.ConfigureAwait(false),
            ["Query"] = context.Request.Query,
            ["Address"] = context.Request.Path + context.Request.QueryString,
            ["Next"] = next is null ? null : With(context.Request, "cursor", PageCursor.Write(next)),
            ["First"] = request?.After is null ? null : With(context.Request, "cursor", null),
            ["Position"] = string.Create(CultureInfo.InvariantCulture, $"{newest.Alert}-{newest.Entry}"),
            ["Told"] = Told(context.Request),
        });
    }

    private async Task<IResult> ShowAsync(HttpContext context)
    {
        AlertDossier? dossier = AlertEndpoints.IdOf(context) is { } id ? await dossiers.ReadAsync(id, context.RequestAborted).ConfigureAwait(false) : null;
        if (dossier is null) context.Response.StatusCode = StatusCodes.Status404NotFound;
        return new RazorComponentResult<AlertPage>(new Dictionary<string, object?>
        {
            ["Language"] = Language.Of(context.Request),
            ["Principal"] = Principal.Of(context)!,
            ["Dossier"] = dossier,
            ["People"] = await board.ReadAssigneesAsync(context.RequestAborted).ConfigureAwait(false),
            ["Told"] = Told(context.Request),
        });
    }

    private async Task<IResult> ActAsync(HttpContext context)
    {
        IFormCollection form = await FormBody.ReadAsync(context).ConfigureAwait(false);
        string back = Within(form["return"]);
        AlertActionRequest request = AlertForm.Read(form);
        if (request.Ids!.Count == 0) return Back(back, "none", 0, 0, 0);
        (IReadOnlyList<AlertActionResult> results, IReadOnlySet<long> waiting, ProblemAnswer? problem) =
            await actions.DoAsync(request, Principal.Of(context)!.Actor, context.RequestAborted).ConfigureAwait(false);
        if (problem is not null) return Back(back, "refused." + problem.Field, 0, 0, 0);
        int done = results.Count(result => result.Outcome is AlertActionOutcome.Done or AlertActionOutcome.Unchanged);
        return Back(back, "done", done, results.Count - done, waiting.Count);
    }

    /// <summary>A page that is asked for nothing shows what is open.</summary>
    private static QueryCollection WithDefaults(IQueryCollection query)
    {
        var values = query.ToDictionary(StringComparer.Ordinal);
        if (string.IsNullOrEmpty(query["status"])) values["status"] = AlertListReader.Open;
        return new QueryCollection(values);
    }

    private static AlertTold? Told(HttpRequest request) => request.Query["told"] is [{ Length: > 0 and <= 40 } word]
        ? new AlertTold(word, Number(request, "done"), Number(request, "left"), Number(request, "waiting"))
        : null;

    private static int Number(HttpRequest request, string name) =>
        int.TryParse(request.Query[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private static SeeOther Back(string back, string word, int done, int left, int waiting)
    {
        int query = back.IndexOf('?', StringComparison.Ordinal);
        IEnumerable<KeyValuePair<string, string?>> kept = query < 0
            ? []
            : QueryHelpers.ParseQuery(back[query..]).Where(value => !AlertTold.Names.Contains(value.Key)).SelectMany(value => value.Value.Select(one => KeyValuePair.Create(value.Key, one)));
        string address = QueryHelpers.AddQueryString(
            query < 0 ? back : back[..query],
            [.. kept, KeyValuePair.Create<string, string?>("told", word), Pair("done", done), Pair("left", left), Pair("waiting", waiting)]);
        return new SeeOther(address);
    }

    private static KeyValuePair<string, string?> Pair(string name, int number) => KeyValuePair.Create<string, string?>(name, number.ToString(CultureInfo.InvariantCulture));

    private static string With(HttpRequest request, string name, string? value)
    {
        IEnumerable<KeyValuePair<string, string?>> kept = request.Query
            .Where(given => given.Key != name && !AlertTold.Names.Contains(given.Key))
            .SelectMany(given => given.Value.Select(one => KeyValuePair.Create(given.Key, one)));
        return QueryHelpers.AddQueryString(ListPath, value is null ? kept : [.. kept, KeyValuePair.Create<string, string?>(name, value)]);
    }

    /// <summary>Only the pages that have the form.</summary>
    private static string Within(string? path) =>
        path is not null && path.StartsWith(ListPath, StringComparison.Ordinal) && (path.Length == ListPath.Length || path[ListPath.Length] is '/' or '?') && !path.AsSpan().ContainsAny('\\', '\r', '\n')
            ? path
            : ListPath;
}

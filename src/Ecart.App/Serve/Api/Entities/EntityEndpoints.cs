using Ecart.App.Entities;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Api.Description;
using Ecart.App.Serve.Api.Exceptions;
using Ecart.App.Serve.Http;
using Ecart.App.Serve.Pages;
using Ecart.App.Serve.Pages.Entities;
using Ecart.MariaDb.Access;
using Ecart.MariaDb.Entities;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ecart.App.Serve.Api.Entities;

/// <summary>Entities by JSON and by page. Thread-safe.</summary>
internal sealed class EntityEndpoints(string connectionString)
{
    private const string Api = "/v1/entities/";
    private readonly EntityDesk desk = new(connectionString);

    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder application)
    {
        application.MapGet("/v1/entities", (Delegate)SearchAsync).Allow(AccessRole.Viewer).Describe(EntityDescriptions.Search);
        application.MapGet(Api + EntityAddress.Pattern, (Delegate)FindAsync).Allow(AccessRole.Viewer).Describe(EntityDescriptions.Find);
        new EntityPages(desk).Map(application);
    }

    /// <summary>Which entities a request asks for.</summary>
    internal static (EntityFilter Filter, ProblemAnswer? Problem) Filter(HttpRequest request)
    {
        ProblemAnswer? problem = RequestValues.Limit(request, out int limit);
        ProblemAnswer? wrong = RequestValues.Cursor(request, out EntityName? after);
        var filter = new EntityFilter
        {
            Domain = RequestValues.Text(request, "domain"),
            EntityType = RequestValues.Text(request, "entity_type"),
            Prefix = RequestValues.Text(request, "prefix"),
            After = after is { Domain: not null, EntityType: not null, EntityId: not null } ? after : null,
            Most = limit + 1,
        };
        return (filter, problem ?? wrong);
    }

    private async Task<IResult> SearchAsync(HttpContext context)
    {
        (EntityFilter filter, ProblemAnswer? problem) = Filter(context.Request);
        if (problem is not null) return new AnswerResult(problem);
        IReadOnlyList<EntityListing> rows = await desk.Store.SearchAsync(filter, context.RequestAborted).ConfigureAwait(false);
        int limit = filter.Most - 1;
        return Results.Json(new { Items = rows.Take(limit), Next = rows.Count > limit ? CursorOf(rows[limit - 1]) : null }, ApiJson.Options);
    }

    /// <summary>Where a list goes on after a row.</summary>
    internal static string CursorOf(EntityListing row) => PageCursor.Write(new EntityName(row.Domain, row.EntityType, row.EntityId));

    private async Task<IResult> FindAsync(HttpContext context)
    {
        EntityReport? report = EntityAddress.Read(context, Api) is { } name ? await desk.FindAsync(name, context.RequestAborted).ConfigureAwait(false) : null;
        return report is null ? new AnswerResult(ProblemAnswer.Missing("Nothing is known of such an entity.")) : Results.Json(Form(report), ApiJson.Options);
    }

    /// <summary>A report as JSON: facts as codes with values, and their English.</summary>
    internal static object Form(EntityReport report) => new
    {
        report.Name.Domain,
        report.Name.EntityType,
        report.Name.EntityId,
        report.Profile,
        Usual = report.Usual.Select(Form),
        Latest = report.Latest.Select(Form),
        report.Counts,
        report.Events,
        report.Alerts,
        report.Exceptions,
    };

    private static object Form(EntityFact fact) => new { fact.Code, Values = fact.Values.Select(value => value is EntityWord word ? word.Key : value), Text = fact.In(Language.English) };
}

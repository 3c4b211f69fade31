using Ecart.App.Entities;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Api.Entities;
using Ecart.MariaDb.Access;
using Ecart.MariaDb.Entities;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ecart.App.Serve.Pages.Entities;

/// <summary>The pages of entities. Thread-safe.</summary>
internal sealed class EntityPages(EntityDesk desk)
{
    private const string Home = "/console/entities";

    /// <summary>Adds them.</summary>
    public void Map(IEndpointRouteBuilder application)
    {
        application.MapGet(Home, (Delegate)ListAsync).AllowPage(AccessRole.Viewer).ExcludeFromDescription();
        application.MapGet($"{Home}/{EntityAddress.Pattern}", (Delegate)ShowAsync).AllowPage(AccessRole.Viewer).ExcludeFromDescription();
    }

    private async Task<IResult> ListAsync(HttpContext context)
    {
        (EntityFilter filter, _) = EntityEndpoints.Filter(context.Request);
        IReadOnlyList<EntityListing> rows = await desk.Store.SearchAsync(filter, context.RequestAborted).ConfigureAwait(false);
        int limit = filter.Most - 1;
        return new RazorComponentResult<EntityListPage>(new Dictionary<string, object?>
        {
            ["Language"] = Language.Of(context.Request),
            ["Principal"] = Principal.Of(context),
            ["Filter"] = filter,
            ["Rows"] = rows.Take(limit).ToList(),
            ["Next"] = rows.Count > limit ? EntityEndpoints.CursorOf(rows[limit - 1]) : null,
        });
    }

    private async Task<IResult> ShowAsync(HttpContext context)
    {
        EntityName? name = EntityAddress.Read(context, Home + "/");
        EntityReport? report = name is null ? null : await desk.FindAsync(name, context.RequestAborted).ConfigureAwait(false);
        return new RazorComponentResult<EntityPage>(new Dictionary<string, object?>
        {
            ["Language"] = Language.Of(context.Request),
            ["Principal"] = Principal.Of(context),
            ["Name"] = name,
            ["Report"] = report,
        })
        { StatusCode = report is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK };
    }
}

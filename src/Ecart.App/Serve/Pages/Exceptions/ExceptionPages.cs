using System.Globalization;
using Ecart.App.Domains;
using Ecart.App.Exceptions;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Api;
using Ecart.App.Serve.Api.Exceptions;
using Ecart.App.Serve.Http;
using Ecart.MariaDb.Access;
using Ecart.MariaDb.Configuration;
using Ecart.MariaDb.Exceptions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ecart.App.Serve.Pages.Exceptions;

/// <summary>The pages of exceptions. Thread-safe.</summary>
internal sealed class ExceptionPages(string connectionString, ExceptionDesk desk)
{
    private const string Home = "/console/exceptions";
    private const int PageRows = 50;

    /// <summary>Adds them.</summary>
    public void Map(IEndpointRouteBuilder application)
    {
        application.MapGet(Home, (Delegate)ListAsync).AllowPage(AccessRole.Viewer).ExcludeFromDescription();
        application.MapGet(Home + "/new", (Delegate)NewAsync).AllowPage(AccessRole.Analyst).ExcludeFromDescription();
        application.MapPost(Home + "/new", (Delegate)MakeAsync).AllowPage(AccessRole.Analyst).ExcludeFromDescription();
        application.MapGet(Home + "/{id:long}", (Delegate)ShowAsync).AllowPage(AccessRole.Viewer).ExcludeFromDescription();
        application.MapPost(Home + "/{id:long}/approve", (Delegate)ApproveAsync).AllowPage(AccessRole.Analyst).ExcludeFromDescription();
        application.MapPost(Home + "/{id:long}/revoke", (Delegate)RevokeAsync).AllowPage(AccessRole.Analyst).ExcludeFromDescription();
    }

    private async Task<IResult> ListAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        RequestValues.Choice(request, "state", out ExceptionState? state);
        RequestValues.Cursor(request, out long? before);
        var filter = new ExceptionFilter
        {
            Domain = RequestValues.Text(request, "domain"),
            State = state,
            EntityId = RequestValues.Text(request, "entity_id"),
            Text = RequestValues.Text(request, "text"),
            Before = before,
            Most = PageRows + 1,
        };
        IReadOnlyList<ExceptionRow> rows = await desk.Store.ReadAsync(filter, context.RequestAborted).ConfigureAwait(false);
        return Page<ExceptionListPage>(
            context,
            ("Rows", rows.Take(PageRows).ToList()),
            ("Filter", filter),
            ("Domains", await DomainsAsync(context.RequestAborted).ConfigureAwait(false)),
            ("Next", rows.Count > PageRows ? PageCursor.Write(rows[PageRows - 1].Id) : null));
    }

    private async Task<IResult> NewAsync(HttpContext context)
    {
        if (RequestValues.Text(context.Request, "alert") is not { } text)
            return await FormAsync(context, Prefilled(context.Request), null, null, null).ConfigureAwait(false);
        ExceptionSuggestion? suggestion = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long alert)
            ? await desk.SuggestAsync(alert, context.RequestAborted).ConfigureAwait(false)
            : null;
        if (suggestion is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return await FormAsync(context, ExceptionForm.Empty, new ExceptionFault("alert_id", text, "exceptions.fault.alert"), null, null).ConfigureAwait(false);
        }

        var form = new ExceptionForm("pattern", false, suggestion.Wish);
        (ExceptionDraft? draft, ExceptionFault? fault) = await desk.CheckAsync(form.Asked, toMake: false, context.RequestAborted).ConfigureAwait(false);
        return await FormAsync(context, form, fault, draft, suggestion.Figures).ConfigureAwait(false);
    }

    /// <summary>From the page of an entity.</summary>
    private static ExceptionForm Prefilled(HttpRequest request) => ExceptionForm.Empty with
    {
        Wish = ExceptionForm.Empty.Wish with
        {
            Domain = RequestValues.Text(request, "domain"),
            EntityType = RequestValues.Text(request, "entity_type"),
            EntityId = RequestValues.Text(request, "entity_id"),
        },
    };

    private async Task<IResult> MakeAsync(HttpContext context)
    {
        IFormCollection posted = await FormBody.ReadAsync(context).ConfigureAwait(false);
        (ExceptionForm form, ExceptionFault? fault) = ExceptionForm.Read(posted);
        bool toMake = posted["act"] == "save";
        ExceptionDraft? draft = null;
        if (fault is null) (draft, fault) = await desk.CheckAsync(form.Asked, toMake, context.RequestAborted).ConfigureAwait(false);
        if (draft is null || !toMake)
        {
            if (fault is not null) context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            RadiusFigures? figures = form.Wish.AlertId is { } alert ? (await desk.SuggestAsync(alert, context.RequestAborted).ConfigureAwait(false))?.Figures : null;
            return await FormAsync(context, form, fault, draft, figures).ConfigureAwait(false);
        }

        long id = await desk.Store.AddAsync(draft, Principal.Of(context)!.Actor, context.RequestAborted).ConfigureAwait(false);
        return new SeeOther($"{Home}/{id}?done={(draft.NeedsApproval ? "proposed" : "created")}");
    }

    private async Task<IResult> ShowAsync(long id, HttpContext context)
    {
        if (await desk.Store.FindAsync(id, context.RequestAborted).ConfigureAwait(false) is not { } found)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Page<ExceptionMissingPage>(context, ("Id", id));
        }

        RequestValues.Cursor(context.Request, out SilencedEventPosition? after);
        IReadOnlyList<SilencedEvent> silenced = await desk.Store.ReadSilencedAsync(id, after, PageRows + 1, context.RequestAborted).ConfigureAwait(false);
        return Page<ExceptionPage>(
            context,
            ("Exception", found),
            ("Silenced", silenced.Take(PageRows).ToList()),
            ("Next", silenced.Count > PageRows ? PageCursor.Write(new SilencedEventPosition(silenced[PageRows - 1].OccurredAt, silenced[PageRows - 1].Lane, silenced[PageRows - 1].Seq)) : null),
            ("Done", context.Request.Query["done"].ToString()));
    }

    private async Task<IResult> ApproveAsync(long id, HttpContext context)
    {
        Principal principal = Principal.Of(context)!;
        if (principal.SessionSecret is null) return new AnswerResult(await IsThereAsync(id, context).ConfigureAwait(false) ? ExceptionProblems.NoPerson : ExceptionProblems.Missing(id));
        ExceptionChange change = await desk.Store.ApproveAsync(id, principal.Actor, context.RequestAborted).ConfigureAwait(false);
        return change == ExceptionChange.Missing ? new AnswerResult(ExceptionProblems.Missing(id)) : new SeeOther($"{Home}/{id}?done={WordOf(change, "approved")}");
    }

    private async Task<IResult> RevokeAsync(long id, HttpContext context)
    {
        IFormCollection posted = await FormBody.ReadAsync(context).ConfigureAwait(false);
        string reason = posted["reason"].ToString();
        if (ExceptionEndpoints.ReasonFault(reason) is not null) return new SeeOther($"{Home}/{id}?done=no_reason");
        ExceptionChange change = await desk.Store.RevokeAsync(id, reason.Trim(), Principal.Of(context)!.Actor, context.RequestAborted).ConfigureAwait(false);
        return change == ExceptionChange.Missing ? new AnswerResult(ExceptionProblems.Missing(id)) : new SeeOther($"{Home}/{id}?done={WordOf(change, "revoked")}");
    }

    private async Task<bool> IsThereAsync(long id, HttpContext context) => await desk.Store.FindAsync(id, context.RequestAborted).ConfigureAwait(false) is not null;

    private static string WordOf(ExceptionChange change, string done) => change switch
    {
        ExceptionChange.Done => done,
        ExceptionChange.SamePerson => "same_person",
        _ => "not_now",
    };

    private async Task<IResult> FormAsync(HttpContext context, ExceptionForm form, ExceptionFault? fault, ExceptionDraft? draft, RadiusFigures? figures)
    {
        ExceptionDomain? domain = await ExceptionDomain.FindAsync(connectionString, form.Wish.Domain, context.RequestAborted).ConfigureAwait(false);
        return Page<ExceptionFormPage>(
            context,
            ("Form", form),
            ("Fault", fault),
            ("Preview", draft is null ? null : await desk.PreviewAsync(draft, ExceptionDesk.PreviewDays, context.RequestAborted).ConfigureAwait(false)),
            ("Figures", figures),
            ("NeedsApproval", desk.NeedsApproval),
            ("Fields", domain?.Settings.RuleFields ?? []),
            ("Domains", await DomainsAsync(context.RequestAborted).ConfigureAwait(false)));
    }

    private async Task<IReadOnlyList<string>> DomainsAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Domain, ActiveConfiguration Active)> active = await new ConfigurationStore(connectionString).ReadActiveAsync(cancellationToken).ConfigureAwait(false);
        return [.. ServedDomains.All.Select(domain => domain.Name).Concat(active.Select(one => one.Domain)).Distinct().Order(StringComparer.Ordinal)];
    }

    private static RazorComponentResult<TPage> Page<TPage>(HttpContext context, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        var all = new Dictionary<string, object?> { ["Language"] = Language.Of(context.Request), ["Principal"] = Principal.Of(context) };
        foreach ((string name, object? value) in parameters) all[name] = value;
        int status = context.Response.StatusCode;
        return new RazorComponentResult<TPage>(all) { StatusCode = status };
    }
}

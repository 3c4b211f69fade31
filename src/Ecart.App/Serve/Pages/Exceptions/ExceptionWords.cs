using System.Text.Json;
using Ecart.MariaDb.Exceptions;
using Microsoft.AspNetCore.Http.Extensions;

namespace Ecart.App.Serve.Pages.Exceptions;

/// <summary>Exceptions in words.</summary>
internal static class ExceptionWords
{
    /// <summary>Stable name of a state.</summary>
    public static string Name(ExceptionState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    /// <summary>A state in words.</summary>
    public static string Of(Language language, ExceptionState state) => language["exceptions.state." + Name(state)];

    /// <summary>What an exception covers, in one sentence.</summary>
    public static string Covers(Language language, ExceptionRow exception)
    {
        string of = exception.EntityId is { } id ? $"{exception.EntityType} {id}".TrimStart()
            : exception.EntityType is { } type ? language.Fill("exceptions.every", type) : language["exceptions.everybody"];
        if (exception.Radius is { } radius && exception.Rule is not null) return language.Fill("exceptions.covers.both", of, language.Number(radius, 3));
        if (exception.Radius is { } within) return language.Fill("exceptions.covers.pattern", of, language.Number(within, 3));
        return language.Fill(exception.Rule is null ? "exceptions.covers.entity" : "exceptions.covers.rule", of);
    }

    /// <summary>Where a list goes on, under its filter.</summary>
    public static string NextOf(ExceptionFilter filter, string cursor)
    {
        var query = new QueryBuilder { { "cursor", cursor } };
        if (filter.State is { } state) query.Add("state", Name(state));
        if (filter.Domain is { } domain) query.Add("domain", domain);
        if (filter.EntityId is { } entity) query.Add("entity_id", entity);
        if (filter.Text is { } text) query.Add("text", text);
        return "/console/exceptions" + query.ToQueryString();
    }

    /// <summary>The line of a rule that is at fault, with a mark below the character.</summary>
    public static string Marked(string rule, int position)
    {
        int at = Math.Clamp(position - 1, 0, rule.Length);
        int start = at == 0 ? 0 : rule.LastIndexOf('\n', at - 1) + 1;
        int end = rule.IndexOf('\n', at);
        return $"{rule[start..(end < 0 ? rule.Length : end)].TrimEnd('\r').Replace('\t', ' ')}\n{new string(' ', at - start)}^";
    }
}

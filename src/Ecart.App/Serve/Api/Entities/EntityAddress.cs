using Ecart.MariaDb.Entities;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ecart.App.Serve.Api.Entities;

/// <summary>Which entity an address names. Ids hold any character: the path is read as it came, since the framework leaves an encoded slash encoded.</summary>
internal static class EntityAddress
{
    /// <summary>What a path ends with: domain, type and id.</summary>
    public const string Pattern = "{domain}/{entityType}/{**entityId}";

    private const int LongestPart = 128;

    /// <summary>Reads it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="prefix">What comes before the domain, with its slash.</param>
    /// <returns>Null when a part is empty or longer than any that is stored.</returns>
    public static EntityName? Read(HttpContext context, string prefix)
    {
        string raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        int at = raw.IndexOf(prefix, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        string[] parts = [.. raw[(at + prefix.Length)..].Split('/', 3).Select(Uri.UnescapeDataString)];
        return parts.Length == 3 && parts.All(part => part.Length is > 0 and <= LongestPart) ? new EntityName(parts[0], parts[1], parts[2]) : null;
    }

    /// <summary>Where the page of an entity is.</summary>
    public static string PageOf(string domain, string entityType, string entityId) =>
        $"/console/entities/{Uri.EscapeDataString(domain)}/{Uri.EscapeDataString(entityType)}/{Uri.EscapeDataString(entityId)}";
}

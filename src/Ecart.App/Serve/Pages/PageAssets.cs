using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Ecart.App.Serve.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Ecart.App.Serve.Pages;

/// <summary>The styles and scripts of the console, carried in the program. Their addresses hold a hash of their content, so that browsers may keep them.</summary>
internal static class PageAssets
{
    private const string Folder = ".Serve.Pages.Assets.";
    private static readonly FrozenDictionary<string, (byte[] Content, string Version)> Files = Load();

    /// <summary>The addresses of all style sheets: that of the whole first, then one for each part of the console.</summary>
    public static IReadOnlyList<string> Styles { get; } =
        [.. Files.Keys.Where(name => name.EndsWith(".css", StringComparison.Ordinal)).OrderBy(name => name != "console.css").ThenBy(name => name, StringComparer.Ordinal).Select(Address)];

    /// <summary>The address of a file.</summary>
    public static string Address(string name) => $"/console/assets/{name}?v={Files[name].Version}";

    /// <summary>Adds the endpoint.</summary>
    public static void Map(IEndpointRouteBuilder application) => application.MapGet("/console/assets/{name}", Send).Allow(AccessRule.Open);

    private static IResult Send(string name, HttpContext context)
    {
        if (!Files.TryGetValue(name, out (byte[] Content, string Version) file)) return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        string type = Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
        return Results.Bytes(file.Content, type, entityTag: new EntityTagHeaderValue($"\"{file.Version}\""));
    }

    private static FrozenDictionary<string, (byte[], string)> Load()
    {
        Assembly assembly = typeof(PageAssets).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.Contains(Folder, StringComparison.Ordinal)).ToFrozenDictionary(
            name => name[(name.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..],
            name =>
            {
                using Stream stream = assembly.GetManifestResourceStream(name)!;
                var content = new byte[stream.Length];
                stream.ReadExactly(content);
                return (content, Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
            });
    }
}

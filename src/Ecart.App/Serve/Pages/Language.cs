using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Pages;

/// <summary>A language of the console: its texts, from a resource file, and how it writes numbers and times. Immutable.</summary>
public sealed class Language
{
    /// <summary>Cookie in which a person's choice is kept.</summary>
    public const string CookieName = "ecart_language";

    private readonly FrozenDictionary<string, string> texts;

    private Language(string code, NumberFormatInfo numbers)
    {
        Code = code;
        Numbers = numbers;
        texts = Read(code).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>English.</summary>
    public static Language English { get; } = new("en", new NumberFormatInfo());

    /// <summary>French, with a comma before decimals and a thin space between thousands.</summary>
    public static Language French { get; } = new("fr", new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "\u202f", PercentDecimalSeparator = ",", PercentGroupSeparator = "\u202f", PercentPositivePattern = 0 });

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Language> All { get; } = [English, French];

    /// <summary>ISO 639 code.</summary>
    public string Code { get; }

    /// <summary>How it writes numbers.</summary>
    public NumberFormatInfo Numbers { get; }

    /// <summary>Keys of its texts.</summary>
    public IEnumerable<string> Keys => texts.Keys;

    /// <summary>A text.</summary>
    /// <exception cref="KeyNotFoundException">The resource file has no such key.</exception>
    public string this[string key] => texts[key];

    /// <summary>A text with values in its places {0}, {1} ..., numbers as the language writes them.</summary>
    public string Fill(string key, params ReadOnlySpan<object?> values) => string.Format(Numbers, texts[key], values);

    /// <summary>A text, if there is one.</summary>
    public string? TryText(string key) => texts.GetValueOrDefault(key);

    /// <summary>A number with so many decimals.</summary>
    public string Number(double value, int decimals) => value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), Numbers);

    /// <summary>A moment, to the second.</summary>
    public string Time(DateTime utc) => utc.ToString(Code == "fr" ? "dd/MM/yyyy HH:mm:ss" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The language of a request: the person's choice, else the first of those that the browser asks for, else English.</summary>
    public static Language Of(HttpRequest request)
    {
        if (Find(request.Cookies[CookieName]) is { } chosen) return chosen;
        return request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(wanted => wanted.Quality ?? 1)
            .Select(wanted => Find(wanted.Value.Value?.Split('-')[0]))
            .FirstOrDefault(found => found is not null) ?? English;
    }

    /// <summary>A language by its code; null when the console does not speak it.</summary>
    public static Language? Find(string? code) => All.FirstOrDefault(language => string.Equals(language.Code, code, StringComparison.OrdinalIgnoreCase));

    /// <summary>The texts of a language: one resource file for each part of the console. A key that two files have is an error.</summary>
    private static Dictionary<string, string> Read(string code)
    {
        Assembly assembly = typeof(Language).Assembly;
        var all = new Dictionary<string, string>();
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Texts.", StringComparison.Ordinal) && name.EndsWith($".{code}.json", StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            foreach ((string key, string text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!) all.Add(key, text);
        }

        return all;
    }
}

using System.Text.RegularExpressions;
using Ecart.MariaDb.Alerts;
using Ecart.Scoring;

namespace Ecart.App.Serve.Pages;

/// <summary>A piece of evidence in the language of the reader, by its code and its numbers; what has no text of its own is shown as it is stored, in English.</summary>
internal static partial class EvidenceSentence
{
    /// <summary>The sentence.</summary>
    public static string Of(Language language, AlertFinding finding)
    {
        if (language.TryText("evidence." + Variant(finding)) is not { } text) return finding.Detail;
        object?[] values = [finding.Observed, finding.Expected, finding.Threshold, finding.Significance, finding.Subject is { } subject ? Thing(language, subject) : null, Rarity(language, finding.Significance)];
        // A sentence whose number is not kept would have a hole.
        foreach (Match place in Place().Matches(text))
            if (values[place.Groups[1].Value[0] - '0'] is null) return finding.Detail;
        return string.Format(language.Numbers, text, values);
    }

    /// <summary>The evidence's name in two or three words.</summary>
    public static string NameOf(Language language, AlertFinding finding)
    {
        string name = NameOf(language, finding.Code);
        return finding.Code == EvidenceCode.Rule && finding.Subject is { } rule ? $"{name} {rule}" : name;
    }

    /// <summary>The name of a code of evidence.</summary>
    public static string NameOf(Language language, string code) => language.TryText("finding." + code) ?? code.Replace('_', ' ');

    /// <summary>A type of entity in the reader's language; what people named themselves stays.</summary>
    public static string Thing(Language language, string name) => language.TryText("thing." + name) ?? name;

    /// <summary>How many times chance is asked until it does the like once, in two digits: a number that people can picture.</summary>
    private static string? Rarity(Language language, double? chance)
    {
        if (chance is not ({ } value and > 0 and <= 1)) return null;
        double times = 1 / value;
        if (times > 1e9) return language["number.billion"];
        double digit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(times)) - 1));
        return language.Number(Math.Round(times / digit) * digit, 0);
    }

    /// <summary>Which sentence of a code that has several.</summary>
    private static string Variant(AlertFinding finding) => finding.Code switch
    {
        EvidenceCode.ImpossibleTravel => $"{finding.Code}.{(finding.Subject is null ? "card" : "subject")}.{(finding.Observed is null ? "country" : "speed")}",
        EvidenceCode.NewProfile => $"{finding.Code}.{(finding.Subject is null ? "account" : "entity")}",
        EvidenceCode.PasswordGuessing => $"{finding.Code}.{(finding.Subject == "success" ? "success" : "failures")}",
        EvidenceCode.ProfileDistance => $"{finding.Code}.{(finding.Subject is null ? "address" : "signal")}",
        EvidenceCode.Drift => $"{finding.Code}.{(finding.Significance is null ? "unknown" : "hours")}",
        _ => finding.Code,
    };

    [GeneratedRegex(@"\{([0-5])")]
    private static partial Regex Place();
}

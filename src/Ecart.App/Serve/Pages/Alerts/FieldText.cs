using System.Globalization;
using Ecart.MariaDb.Alerts;

namespace Ecart.App.Serve.Pages.Alerts;

/// <summary>Fields and features of events as people read them. Stateless.</summary>
internal static class FieldText
{
    private const string None = "–";

    /// <summary>Name of a field; of one that has no text, its own.</summary>
    public static string NameOf(Language language, string field) => language.TryText("field." + field) ?? field.Replace('_', ' ');

    /// <summary>Name of a feature.</summary>
    public static string FeatureOf(Language language, string feature) => language.TryText("feature." + feature) ?? NameOf(language, feature);

    /// <summary>An event's value of a field; a dash when it says nothing.</summary>
    public static string ValueOf(Language language, StoredEvent stored, string field) => stored.Fields.FirstOrDefault(one => one.Name == field)?.Value switch
    {
        null => None,
        bool truth => language[truth ? "field.yes" : "field.no"],
        DateTime time => language.Time(time),
        decimal money => money.ToString("N2", language.Numbers),
        double number => Number(language, number),
        float number => Number(language, number),
        IFormattable other => other.ToString(null, language.Numbers),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? None,
    };

    /// <summary>A number with as many decimals as it needs.</summary>
    public static string Number(Language language, double number)
    {
        double size = Math.Abs(number);
        if (size is > 0 and < 0.001 or >= 1e12) return number.ToString("G3", language.Numbers);
        if (Math.Abs(number - Math.Round(number)) < 1e-9) return language.Number(number, 0);
        return language.Number(number, size >= 100 ? 2 : size >= 1 ? 3 : 4);
    }
}

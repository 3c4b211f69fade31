using System.Globalization;
using Ecart.App.Exceptions;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Pages.Exceptions;

/// <summary>The form of a new exception as it was filled in.</summary>
/// <param name="What">entity, pattern or rule: what it covers.</param>
/// <param name="IsOfAll">Whether a pattern or rule covers every entity.</param>
/// <param name="Wish">Its fields, those too that <paramref name="What"/> leaves out.</param>
public sealed record ExceptionForm(string What, bool IsOfAll, ExceptionWish Wish)
{
    /// <summary>An empty form.</summary>
    public static ExceptionForm Empty { get; } = new("entity", false, new ExceptionWish { Days = ExceptionCheck.DefaultDays });

    /// <summary>What the person asks for: the fields that the choice leaves in.</summary>
    public ExceptionWish Asked => Wish with
    {
        EntityType = IsOfAll && What != "entity" ? null : Wish.EntityType,
        EntityId = IsOfAll && What != "entity" ? null : Wish.EntityId,
        EventUid = What == "pattern" ? Wish.EventUid : null,
        Radius = What == "pattern" ? Wish.Radius : null,
        Rule = What == "rule" ? Wish.Rule : null,
    };

    /// <summary>Reads a posted form. A number that is none is told as a fault of its field.</summary>
    public static (ExceptionForm Form, ExceptionFault? Fault) Read(IFormCollection form)
    {
        ExceptionFault? fault = null;
        string what = Text(form, "what") is "pattern" or "rule" ? Text(form, "what")! : "entity";
        double? radius = null;
        if (Text(form, "radius") is { } width)
        {
            if (double.TryParse(width.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)) radius = number;
            else if (what == "pattern") fault = new ExceptionFault("radius", width, "exceptions.fault.number");
        }

        int? days = null;
        if (Text(form, "days") is { } length)
        {
            if (int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) days = number;
            else fault ??= new ExceptionFault("days", length, "exceptions.fault.number");
        }

        long? alert = long.TryParse(Text(form, "alert_id"), NumberStyles.None, CultureInfo.InvariantCulture, out long found) ? found : null;
        var wish = new ExceptionWish
        {
            Domain = Text(form, "domain"),
            AlertId = alert,
            EntityType = Text(form, "entity_type"),
            EntityId = Text(form, "entity_id"),
            EventUid = Text(form, "event_uid"),
            Radius = radius,
            Rule = Text(form, "rule"),
            Reason = Text(form, "reason"),
            Days = days,
        };
        return (new ExceptionForm(what, Text(form, "of_all") == "true", wish), fault);
    }

    private static string? Text(IFormCollection form, string name) => form[name] is [{ Length: > 0 } text] ? text : null;
}

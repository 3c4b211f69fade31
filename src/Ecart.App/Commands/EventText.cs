using System.Globalization;
using Ecart.Domains.Declared;
using Ecart.Domains.Transactions;
using Ecart.Events;

namespace Ecart.App.Commands;

/// <summary>What an event says, in one line for people.</summary>
internal static class EventText
{
    private const int MostFields = 8;

    /// <summary>The amount of a transaction; the known fields of a declared event.</summary>
    public static string Of(DomainEvent domainEvent) => domainEvent switch
    {
        TransactionEvent transaction => string.Create(CultureInfo.InvariantCulture, $"{transaction.Amount:F2} {transaction.Currency}"),
        DeclaredEvent declared => string.Join(", ", Known(declared).Take(MostFields)),
        _ => domainEvent.Domain,
    };

    private static IEnumerable<string> Known(DeclaredEvent declared)
    {
        for (int i = 0; i < declared.Numbers.Length; i++)
        {
            string name = declared.Schema.Fields[i].Name;
            if (i == declared.Schema.Entity) continue;
            if (declared.Texts[i] is { } text) yield return $"{name} {text}";
            else if (!double.IsNaN(declared.Numbers[i])) yield return string.Create(CultureInfo.InvariantCulture, $"{name} {declared.Numbers[i]:G6}");
        }
    }
}

namespace Ecart.MariaDb.Alerts;

/// <summary>A field of an event as it is stored.</summary>
/// <param name="Name">Name of its column, or its key in the event's data.</param>
/// <param name="Value">A text, a number, a truth value or a time in UTC; never null.</param>
public sealed record EventField(string Name, object Value);

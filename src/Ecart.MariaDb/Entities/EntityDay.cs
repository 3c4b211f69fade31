namespace Ecart.MariaDb.Entities;

/// <summary>What a day brought.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Events">Events.</param>
/// <param name="Frauds">Confirmed frauds among them.</param>
public sealed record EntityDay(DateOnly Day, long Events, long Frauds);

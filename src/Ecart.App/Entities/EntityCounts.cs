namespace Ecart.App.Entities;

/// <summary>How often something was seen, for a plot.</summary>
/// <param name="Code">What is counted: hours, countries, categories, ports, destinations, resources, event_types, findings, days and so on.</param>
/// <param name="Items">Labels with their counts, in the order of the plot.</param>
public sealed record EntityCounts(string Code, IReadOnlyList<EntityCount> Items);

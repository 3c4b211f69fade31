namespace Ecart.Client;

/// <summary>A part of a list.</summary>
/// <typeparam name="TItem">What it lists.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="Next">What to send as <c>after</c> for the next part; null at the end.</param>
public sealed record Page<TItem>(IReadOnlyList<TItem> Items, string? Next);

namespace Ecart.App.Serve.Pages.Parts;

/// <summary>One bar of a plot.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">Its length, 0 to 1 of the whole.</param>
/// <param name="Text">Its number as people read it.</param>
public sealed record PlotBar(string Label, double Value, string Text);

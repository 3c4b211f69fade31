using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Ecart.App.Serve.Pages.Parts;

/// <summary>A text within a plot: SVG's element of that name, which a template takes for its own.</summary>
public sealed class PlotText : ComponentBase
{
    /// <summary>Where it is.</summary>
    [Parameter]
    public string X { get; set; } = "0";

    /// <summary>Where it is.</summary>
    [Parameter]
    public string Y { get; set; } = "0";

    /// <summary>What of it is there: start, middle or end.</summary>
    [Parameter]
    public string Anchor { get; set; } = "start";

    /// <summary>What it says.</summary>
    [Parameter]
    public string Says { get; set; } = "";

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", "tick");
        builder.AddAttribute(2, "x", X);
        builder.AddAttribute(3, "y", Y);
        builder.AddAttribute(4, "text-anchor", Anchor);
        builder.AddContent(5, Says);
        builder.CloseElement();
    }
}

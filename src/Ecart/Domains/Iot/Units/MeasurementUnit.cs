namespace Ecart.Domains.Iot.Units;

/// <summary>A unit that is known by name: a quantity, and how to come from it to the quantity's base unit.</summary>
/// <param name="Symbol">Its name for people.</param>
/// <param name="Quantity">What it measures: only units of one quantity can be converted into each other.</param>
/// <param name="Factor">Base units that one of it is.</param>
/// <param name="Offset">Base units that 0 of it is.</param>
internal sealed record MeasurementUnit(string Symbol, string Quantity, double Factor, double Offset = 0)
{
    private const double Psi = 0.0689475729317831;
    private static readonly MeasurementUnit Celsius = new("°C", "temperature", 1);
    private static readonly MeasurementUnit Fahrenheit = new("°F", "temperature", 5.0 / 9, -160.0 / 9);
    private static readonly MeasurementUnit Kelvin = new("K", "temperature", 1, -273.15);
    private static readonly MeasurementUnit Bar = new("bar", "pressure", 1);
    private static readonly MeasurementUnit Pascal = new("Pa", "pressure", 1e-5);
    private static readonly MeasurementUnit Hectopascal = new("hPa", "pressure", 1e-3);
    private static readonly MeasurementUnit Kilopascal = new("kPa", "pressure", 1e-2);
    private static readonly MeasurementUnit Megapascal = new("MPa", "pressure", 10);
    private static readonly MeasurementUnit PoundsBySquareInch = new("psi", "pressure", Psi);
    private static readonly MeasurementUnit CubicMetresByHour = new("m³/h", "flow", 1);
    private static readonly MeasurementUnit LitresByMinute = new("l/min", "flow", 0.06);
    private static readonly MeasurementUnit LitresBySecond = new("l/s", "flow", 3.6);
    private static readonly MeasurementUnit Kilowatts = new("kW", "power", 1);
    private static readonly MeasurementUnit Watts = new("W", "power", 1e-3);
    private static readonly MeasurementUnit Megawatts = new("MW", "power", 1e3);
    private static readonly MeasurementUnit Millimetres = new("mm/s", "velocity", 1);
    private static readonly MeasurementUnit Inches = new("in/s", "velocity", 25.4);
    private static readonly MeasurementUnit StandardGravity = new("g", "acceleration", 1);
    private static readonly MeasurementUnit MetresBySquareSecond = new("m/s²", "acceleration", 1 / 9.80665);

    private static readonly MeasurementUnit[] Temperatures = [Celsius, Fahrenheit, Kelvin];
    private static readonly MeasurementUnit[] Pressures = [Bar, Kilopascal, PoundsBySquareInch, Hectopascal, Pascal, Megapascal];
    private static readonly MeasurementUnit[] Flows = [CubicMetresByHour, LitresByMinute, LitresBySecond];
    private static readonly MeasurementUnit[] Powers = [Kilowatts, Watts, Megawatts];
    private static readonly MeasurementUnit[] Velocities = [Millimetres, Inches];
    private static readonly MeasurementUnit[] Accelerations = [StandardGravity, MetresBySquareSecond];

    /// <summary>By name, exactly as written: mW is not MW.</summary>
    private static readonly Dictionary<string, MeasurementUnit> Known = new(StringComparer.Ordinal)
    {
        ["C"] = Celsius,
        ["°C"] = Celsius,
        ["degC"] = Celsius,
        ["deg C"] = Celsius,
        ["celsius"] = Celsius,
        ["Celsius"] = Celsius,
        ["℃"] = Celsius,
        ["F"] = Fahrenheit,
        ["°F"] = Fahrenheit,
        ["degF"] = Fahrenheit,
        ["deg F"] = Fahrenheit,
        ["fahrenheit"] = Fahrenheit,
        ["Fahrenheit"] = Fahrenheit,
        ["℉"] = Fahrenheit,
        ["K"] = Kelvin,
        ["kelvin"] = Kelvin,
        ["Kelvin"] = Kelvin,
        ["bar"] = Bar,
        ["Pa"] = Pascal,
        ["hPa"] = Hectopascal,
        ["mbar"] = Hectopascal,
        ["kPa"] = Kilopascal,
        ["MPa"] = Megapascal,
        ["PSI"] = PoundsBySquareInch,
        ["psi"] = PoundsBySquareInch,
        ["m3/h"] = CubicMetresByHour,
        ["m³/h"] = CubicMetresByHour,
        ["l/min"] = LitresByMinute,
        ["L/min"] = LitresByMinute,
        ["lpm"] = LitresByMinute,
        ["l/s"] = LitresBySecond,
        ["kW"] = Kilowatts,
        ["W"] = Watts,
        ["MW"] = Megawatts,
        ["mm/s"] = Millimetres,
        ["in/s"] = Inches,
        ["ips"] = Inches,
        ["g"] = StandardGravity,
        ["m/s2"] = MetresBySquareSecond,
        ["m/s²"] = MetresBySquareSecond,
    };

    /// <summary>The unit of a name; null when it is not known.</summary>
    public static MeasurementUnit? Find(string? name) => name is not null && Known.TryGetValue(name, out MeasurementUnit? unit) ? unit : null;

    /// <summary>Units that values of a quantity are usually mixed up with, in the order in which they are tried.</summary>
    public static ReadOnlySpan<MeasurementUnit> UsualOf(string quantity) => quantity switch
    {
        "temperature" => Temperatures,
        "pressure" => Pressures,
        "flow" => Flows,
        "power" => Powers,
        "velocity" => Velocities,
        "acceleration" => Accelerations,
        _ => [],
    };

    /// <summary>The quantity of a signal whose unit is not known.</summary>
    public static string? QuantityOf(MeasurementType type) => type switch
    {
        MeasurementType.Temperature => "temperature",
        MeasurementType.Pressure => "pressure",
        MeasurementType.Flow => "flow",
        MeasurementType.Power => "power",
        _ => null,
    };

    /// <summary>A value in this unit, said in another of the same quantity.</summary>
    public double Convert(double value, MeasurementUnit to) => ((value * Factor) + Offset - to.Offset) / to.Factor;
}

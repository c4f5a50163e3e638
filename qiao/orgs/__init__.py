"""Where people's congresses are and who works for them: areas, congresses, organs, handling units.

Nouns: area (行政区划), congress (人民代表大会), organ (机关、机构), unit (承办单位). Everything above builds on these.
The chain of tiers is data (``Congress.superior``): a municipality under the central government has one tier less (R2.2).
"""

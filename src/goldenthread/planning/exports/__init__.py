"""Files that a forecast is handed on in: the DSG management plan workbook, CSVs, the Schools Forum paper.

    material = gather(by=user, run=run)
    workbook(material), csv_zip(material), forum_pdf(material), forum_word(material)

Nothing is reckoned here that a page does not show too, except the rounding of counts (`counts`).
"""
